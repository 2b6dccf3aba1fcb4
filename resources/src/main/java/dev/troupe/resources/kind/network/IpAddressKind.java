package dev.troupe.resources.kind.network;

import dev.troupe.resources.kind.Kind;
import dev.troupe.resources.table.TableBuilder;
import dev.troupe.resources.validation.IpAddresses;
import dev.troupe.resources.validation.NameRule;
import dev.troupe.resources.validation.Validation;

public final class IpAddressKind implements Kind {

  private static final Validation RULES = new IpAddressValidation();
  private static final TableBuilder TABLE = IpAddressTable.of();

  @Override
  public Validation rules() {
    return RULES;
  }

  @Override
  public TableBuilder table() {
    return TABLE;
  }

  @Override
  public NameRule nameRule() {
    return IpAddresses::check;
  }
}

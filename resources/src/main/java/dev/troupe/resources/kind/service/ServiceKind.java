package dev.troupe.resources.kind.service;

import dev.troupe.resources.claim.Claims;
import dev.troupe.resources.defaults.Defaults;
import dev.troupe.resources.kind.Kind;
import dev.troupe.resources.table.TableBuilder;
import dev.troupe.resources.validation.NameRule;
import dev.troupe.resources.validation.Names;
import dev.troupe.resources.validation.Validation;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

public final class ServiceKind implements Kind {

  private static final Defaults DEFAULTS = new ServiceDefaults();
  private static final Validation RULES = new ServiceValidation();
  private static final TableBuilder TABLE = new ServiceTable();

  /// The first service of a cluster has an address of this range, too.
  private static final Optional<Claims> CLAIMS =
      Optional.of(new ServiceClaims(new ServiceAddresses(AddressRange.parse("10.96.0.0/16"))));

  @Override
  public Defaults defaults() {
    return DEFAULTS;
  }

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
    return Names::label1035;
  }

  @Override
  public Optional<Claims> claims() {
    return CLAIMS;
  }

  @Override
  public void keep(ObjectNode service, ObjectNode current) {
    Allocated.keep(service, current);
  }

  @Override
  public boolean answersDeleted() {
    return true;
  }
}

package dev.troupe.resources.kind.network;

import dev.troupe.resources.defaults.Defaults;
import dev.troupe.resources.kind.Kind;
import dev.troupe.resources.table.TableBuilder;
import dev.troupe.resources.validation.Validation;

public final class EndpointSliceKind implements Kind {

  private static final Defaults DEFAULTS = new EndpointSliceDefaults();
  private static final Validation RULES = new EndpointSliceValidation();
  private static final TableBuilder TABLE = new EndpointSliceTable();

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
}

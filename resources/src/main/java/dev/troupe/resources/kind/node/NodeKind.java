package dev.troupe.resources.kind.node;

import dev.troupe.resources.defaults.Defaults;
import dev.troupe.resources.kind.Kind;
import dev.troupe.resources.table.TableBuilder;
import dev.troupe.resources.validation.Validation;

public final class NodeKind implements Kind {

  private static final Defaults DEFAULTS = new NodeDefaults();
  private static final Validation RULES = new NodeValidation();
  private static final TableBuilder TABLE = new NodeTable();

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

  /// A node says itself what it is and has.
  @Override
  public boolean bringsStatus() {
    return true;
  }
}

package dev.troupe.resources.kind.workload;

import dev.troupe.resources.defaults.Defaults;
import dev.troupe.resources.kind.Kind;
import dev.troupe.resources.table.TableBuilder;
import dev.troupe.resources.validation.Validation;
import java.util.List;

public final class ReplicaSetKind implements Kind {

  private static final Defaults DEFAULTS = new ReplicaSetDefaults();
  private static final Validation RULES = new ReplicaSetValidation();
  private static final TableBuilder TABLE = new ReplicaSetTable();

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
  public List<String> keptByStatus() {
    return WorkloadMetadata.KEPT_BY_STATUS;
  }
}

package dev.troupe.resources.kind.workload;

import dev.troupe.resources.defaults.Defaults;
import dev.troupe.resources.json.Json;
import dev.troupe.resources.kind.Kind;
import dev.troupe.resources.table.TableBuilder;
import dev.troupe.resources.validation.Validation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

public final class DeploymentKind implements Kind {

  private static final Defaults DEFAULTS = new DeploymentDefaults();
  private static final Validation RULES = new DeploymentValidation();
  private static final TableBuilder TABLE = new DeploymentTable();

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

  /// The annotations are handed on to replica sets, so they count.
  @Override
  public boolean countsGeneration(ObjectNode deployment, ObjectNode current) {
    return !Json.same(annotations(deployment), annotations(current));
  }

  private static @Nullable JsonNode annotations(ObjectNode deployment) {
    return Json.get(Json.object(deployment, "metadata"), "annotations");
  }
}

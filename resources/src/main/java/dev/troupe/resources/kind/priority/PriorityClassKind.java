package dev.troupe.resources.kind.priority;

import dev.troupe.resources.defaults.Defaults;
import dev.troupe.resources.defaults.Given;
import dev.troupe.resources.json.Json;
import dev.troupe.resources.kind.Distinction;
import dev.troupe.resources.kind.Kind;
import dev.troupe.resources.table.TableBuilder;
import dev.troupe.resources.validation.Validation;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

public final class PriorityClassKind implements Kind {

  private static final Defaults DEFAULTS =
      object -> Given.orElse(object, "preemptionPolicy", "PreemptLowerPriority");
  private static final Validation RULES = new PriorityClassValidation();
  private static final TableBuilder TABLE = new PriorityClassTable();
  private static final Distinction ONE_DEFAULT = new OneDefault();

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

  /// It never has another one.
  @Override
  public void begin(ObjectNode object) {
    Json.child(object, "metadata").put("generation", 1);
  }

  @Override
  public Optional<Distinction> distinction() {
    return Optional.of(ONE_DEFAULT);
  }

  @Override
  public Optional<String> immortality(String name) {
    return SystemPriority.of(name)
        .map(_ -> "this is a system priority class and cannot be deleted");
  }
}

package dev.troupe.resources.kind.priority;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.Checks;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Path;
import dev.troupe.resources.validation.Validation;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Names and numbers of the system are its own, and a class stays as important as it is.
final class PriorityClassValidation implements Validation {

  private static final long HIGHEST = 1_000_000_000;
  private static final Path NAME = Path.ROOT.child("metadata").child("name");
  private static final Path VALUE = Path.ROOT.child("value");
  private static final Path POLICY = Path.ROOT.child("preemptionPolicy");

  @Override
  public void check(ObjectNode object, FieldErrors errors) {
    var name = Json.text(Json.object(object, "metadata"), "name");
    if (name.startsWith("system-")) {
      system(object, name, errors);
    } else if (Json.number(object, "value", 0) > HIGHEST) {
      errors.forbidden(VALUE, "maximum allowed value of a user defined priority is " + HIGHEST);
    }
    Checks.requiredOneOf(
        object, "preemptionPolicy", List.of("Never", "PreemptLowerPriority"), Path.ROOT, errors);
  }

  private static void system(ObjectNode object, String name, FieldErrors errors) {
    var known = SystemPriority.of(name);
    if (known.isEmpty()) {
      reserved(name + " is not a known system priority class", errors);
    } else if (Json.number(object, "value", 0) != known.get().value()) {
      reserved("value of " + name + " PriorityClass must be " + known.get().value(), errors);
    } else if (Json.truth(object, "globalDefault")) {
      reserved("globalDefault of " + name + " PriorityClass must be false", errors);
    }
  }

  private static void reserved(String why, FieldErrors errors) {
    errors.forbidden(
        NAME,
        "priority class names with 'system-' prefix are reserved for system use only. error: "
            + why);
  }

  @Override
  public void checkChange(ObjectNode object, ObjectNode old, FieldErrors errors) {
    if (Json.number(object, "value", 0) != Json.number(old, "value", 0)) {
      errors.forbidden(VALUE, "may not be changed in an update.");
    }
    errors.immutable(
        POLICY, Json.get(object, "preemptionPolicy"), Json.get(old, "preemptionPolicy"));
  }
}

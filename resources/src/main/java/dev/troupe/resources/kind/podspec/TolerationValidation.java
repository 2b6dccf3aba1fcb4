package dev.troupe.resources.kind.podspec;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.Checks;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Names;
import dev.troupe.resources.validation.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

public final class TolerationValidation {

  private static final List<String> EFFECTS =
      List.of("NoSchedule", "PreferNoSchedule", "NoExecute");

  private TolerationValidation() {}

  public static void check(@Nullable ObjectNode spec, Path path, FieldErrors errors) {
    int index = 0;
    for (var toleration : Json.objects(spec, "tolerations")) {
      one(toleration, path.item(index++), errors);
    }
  }

  private static void one(ObjectNode toleration, Path path, FieldErrors errors) {
    Checks.text(toleration, "key", Names::qualified, path, errors);
    var operator = Json.text(toleration, "operator");
    var effect = Json.text(toleration, "effect");
    if (Json.text(toleration, "key").isEmpty() && !operator.equals("Exists")) {
      errors.invalid(
          path.child("operator"),
          operator,
          "operator must be Exists when `key` is empty, which means \"match all values and all"
              + " keys\"");
    }
    if (Json.has(toleration, "tolerationSeconds") && !effect.equals("NoExecute")) {
      errors.invalid(
          path.child("effect"),
          effect,
          "effect must be 'NoExecute' when `tolerationSeconds` is set");
    }
    switch (operator) {
      case "", "Equal" -> {
        var value = Json.text(toleration, "value");
        Names.labelValue(value)
            .ifPresent(wrong -> errors.invalid(path.child("operator"), value, wrong));
      }
      case "Exists" -> {
        var value = Json.text(toleration, "value");
        if (!value.isEmpty()) {
          errors.invalid(
              path.child("operator"), value, "value must be empty when `operator` is 'Exists'");
        }
      }
      default -> errors.notSupported(path.child("operator"), operator, List.of("Equal", "Exists"));
    }
    Checks.oneOf(toleration, "effect", EFFECTS, path, errors);
  }
}

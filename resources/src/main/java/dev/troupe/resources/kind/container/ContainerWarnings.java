package dev.troupe.resources.kind.container;

import dev.troupe.api.resource.Quantity;
import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.FieldWarnings;
import dev.troupe.resources.validation.Path;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What surprises in one container: bytes that are cut in pieces, and variables that hide others.
public final class ContainerWarnings {

  private static final List<String> BYTES = List.of("memory", "ephemeral-storage");

  private ContainerWarnings() {}

  public static void check(PlacedContainer placed, FieldWarnings warnings) {
    var resources = Json.object(placed.container(), "resources");
    if (resources != null) {
      for (var field : List.of("limits", "requests")) {
        var path = placed.path().child("resources").child(field);
        fractions(Json.object(resources, field), path, warnings);
      }
    }
    variables(Json.objects(placed.container(), "env"), placed.path().child("env"), warnings);
  }

  /// Bytes have no fractions.
  public static void fractions(@Nullable ObjectNode amounts, Path path, FieldWarnings warnings) {
    for (var name : BYTES) {
      var text = Json.text(amounts, name);
      if (!text.isEmpty() && isFraction(text)) {
        warnings.add(
            path.key(name),
            "fractional byte value "
                + FieldErrors.quoted(text)
                + " is invalid, must be an integer");
      }
    }
  }

  private static boolean isFraction(String text) {
    try {
      return Quantity.parse(text).amount().stripTrailingZeros().scale() > 0;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  /// A variable that is defined again is fine if it makes use of what it was before.
  private static void variables(List<ObjectNode> variables, Path path, FieldWarnings warnings) {
    var names = new HashSet<String>();
    for (int i = 0; i < variables.size(); i++) {
      var variable = variables.get(i);
      var name = Json.text(variable, "name");
      if (!names.add(name) && hides(variable, "$(" + name + ")")) {
        warnings.add(
            path.item(i),
            "hides previous definition of "
                + FieldErrors.quoted(name)
                + ", which may be dropped when using apply");
      }
    }
  }

  private static boolean hides(ObjectNode variable, String before) {
    var value = Json.text(variable, "value");
    return Json.has(variable, "valueFrom") || value.equals(before) || !value.contains(before);
  }
}

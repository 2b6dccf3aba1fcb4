package dev.troupe.resources.kind.definition;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Where the numbers are that a type is scaled by.
final class ScaleCheck {

  private ScaleCheck() {}

  static void check(@Nullable ObjectNode subresources, Path path, FieldErrors errors) {
    var scale = Json.object(subresources, "scale");
    if (scale == null) {
      return;
    }
    place(scale, "specReplicasPath", List.of(".spec."), "under .spec", path, errors);
    place(scale, "statusReplicasPath", List.of(".status."), "under .status", path, errors);
    if (!Json.text(scale, "labelSelectorPath").isEmpty()) {
      place(
          scale,
          "labelSelectorPath",
          List.of(".spec.", ".status."),
          "under either .spec or .status",
          path,
          errors);
    }
  }

  private static void place(
      ObjectNode scale,
      String field,
      List<String> roots,
      String where,
      Path path,
      FieldErrors errors) {
    var at = path.child("scale." + field);
    var text = Json.text(scale, field);
    if (ColumnCheck.simplePath(text, at, errors) && roots.stream().noneMatch(text::startsWith)) {
      errors.invalid(at, text, "should be a json path " + where);
    }
  }
}

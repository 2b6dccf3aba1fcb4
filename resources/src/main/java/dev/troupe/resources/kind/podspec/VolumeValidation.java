package dev.troupe.resources.kind.podspec;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.Checks;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Names;
import dev.troupe.resources.validation.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Volumes of a pod: named once, each of one sort.
public final class VolumeValidation {

  /// What the sorts cannot do without.
  private static final Map<String, String> REQUIRED =
      Map.of(
          "configMap", "name",
          "secret", "secretName",
          "hostPath", "path",
          "persistentVolumeClaim", "claimName",
          "csi", "driver");

  private VolumeValidation() {}

  /// @return the names of the volumes
  public static Set<String> check(@Nullable ObjectNode spec, Path path, FieldErrors errors) {
    var names = new HashSet<String>();
    int index = 0;
    for (var volume : Json.objects(spec, "volumes")) {
      var at = path.item(index++);
      var name = Json.text(volume, "name");
      if (name.isEmpty()) {
        errors.required(at.child("name"), "");
      } else {
        Names.label(name).ifPresent(wrong -> errors.invalid(at.child("name"), name, wrong));
        if (!names.add(name)) {
          errors.duplicate(at.child("name"), name);
        }
      }
      source(volume, at, errors);
    }
    return names;
  }

  private static void source(ObjectNode volume, Path path, FieldErrors errors) {
    int sources = 0;
    for (var field : volume.properties()) {
      if (field.getKey().equals("name")) {
        continue;
      }
      if (++sources > 1) {
        errors.forbidden(path.child(field.getKey()), "may not specify more than 1 volume type");
      } else if (field.getValue() instanceof ObjectNode source) {
        var required = REQUIRED.get(field.getKey());
        if (required != null) {
          Checks.required(source, required, path.child(field.getKey()), errors);
        }
      }
    }
    if (sources == 0) {
      errors.required(path, "must specify a volume type");
    }
  }
}

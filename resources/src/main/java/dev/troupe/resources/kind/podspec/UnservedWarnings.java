package dev.troupe.resources.kind.podspec;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.FieldWarnings;
import dev.troupe.resources.validation.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What a pod asks for and nobody here provides: kinds that are not served, for which the pod would
/// wait elsewhere.
final class UnservedWarnings {

  private UnservedWarnings() {}

  static void check(@Nullable ObjectNode spec, Path path, FieldWarnings warnings) {
    if (spec == null) {
      return;
    }
    volumes(Json.objects(spec, "volumes"), path.child("volumes"), warnings);
    if (!Json.objects(spec, "resourceClaims").isEmpty()) {
      warnings.add(
          path.child("resourceClaims"),
          "not honoured, as resource claims are not served; the pod runs without them");
    }
    if (Json.has(spec, "schedulingGroup")) {
      warnings.add(
          path.child("schedulingGroup"),
          "not honoured, as pod groups are not served; the pod is scheduled on its own");
    }
  }

  private static void volumes(List<ObjectNode> volumes, Path path, FieldWarnings warnings) {
    for (int i = 0; i < volumes.size(); i++) {
      for (var sort : List.of("persistentVolumeClaim", "ephemeral")) {
        if (Json.has(volumes.get(i), sort)) {
          warnings.add(
              path.item(i).child(sort),
              "not honoured, as persistent volumes are not served; the pod runs without it");
        }
      }
    }
  }
}

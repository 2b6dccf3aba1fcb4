package dev.troupe.resources.mutation;

import dev.troupe.resources.json.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Namespaces live by `spec.finalizers`: content is removed before the last of them goes.
final class NamespaceLife {

  private static final String KUBERNETES = "kubernetes";

  private NamespaceLife() {}

  static void begin(ObjectNode namespace) {
    var finalizers = new ArrayList<>(finalizers(namespace));
    if (!finalizers.contains(KUBERNETES)) {
      finalizers.add(KUBERNETES);
    }
    var list = Json.child(namespace, "spec").putArray("finalizers");
    finalizers.forEach(list::add);
    Json.child(namespace, "status").put("phase", "Active");
  }

  static List<String> finalizers(ObjectNode namespace) {
    return Json.strings(Json.object(namespace, "spec"), "finalizers");
  }

  static void terminate(Target target, ObjectNode namespace) {
    var metadata = Metadata.of(namespace);
    if (!metadata.has("deletionTimestamp")) {
      metadata.put("deletionTimestamp", target.now());
    }
    Json.child(namespace, "status").put("phase", "Terminating");
  }

  /// Only `finalize` changes the finalizers of a namespace.
  static void keepFinalizers(ObjectNode namespace, ObjectNode current) {
    Json.copy("finalizers", Json.object(current, "spec"), Json.child(namespace, "spec"));
  }
}

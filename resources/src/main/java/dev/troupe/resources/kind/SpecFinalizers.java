package dev.troupe.resources.kind;

import dev.troupe.resources.json.Json;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// The vetoes of those who remove the content of an object, as namespaces have them beside the
/// finalizers in their metadata.
public final class SpecFinalizers {

  private SpecFinalizers() {}

  public static List<String> of(ObjectNode object) {
    return Json.strings(Json.object(object, "spec"), "finalizers");
  }

  public static void set(ObjectNode object, List<String> finalizers) {
    var list = Json.child(object, "spec").putArray("finalizers");
    finalizers.forEach(list::add);
  }
}

package dev.troupe.resources.subresource;

import dev.troupe.resources.json.Json;
import tools.jackson.databind.node.ObjectNode;

/// What stays as it is when a part is written.
final class Kept {

  private Kept() {}

  static void allButMetadata(ObjectNode object, ObjectNode current) {
    var metadata = Json.child(object, "metadata");
    object.removeAll();
    object.setAll(current.deepCopy());
    object.set("metadata", metadata);
  }
}

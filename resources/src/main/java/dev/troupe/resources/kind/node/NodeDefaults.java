package dev.troupe.resources.kind.node;

import dev.troupe.resources.defaults.Defaults;
import dev.troupe.resources.json.Json;
import tools.jackson.databind.node.ObjectNode;

/// What a node has can be allocated, unless it says otherwise.
final class NodeDefaults implements Defaults {

  @Override
  public void complete(ObjectNode node) {
    var status = Json.object(node, "status");
    var capacity = Json.object(status, "capacity");
    if (status != null && capacity != null && !Json.has(status, "allocatable")) {
      status.set("allocatable", capacity.deepCopy());
    }
  }
}

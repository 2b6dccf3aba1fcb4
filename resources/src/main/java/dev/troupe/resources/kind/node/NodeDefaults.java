package dev.troupe.resources.kind.node;

import dev.troupe.resources.defaults.Defaults;
import dev.troupe.resources.json.Json;
import tools.jackson.databind.node.ObjectNode;

/// What a node has can be allocated, unless it says otherwise. Its first range of addresses has two
/// names.
final class NodeDefaults implements Defaults {

  @Override
  public void complete(ObjectNode node) {
    var status = Json.object(node, "status");
    var capacity = Json.object(status, "capacity");
    if (status != null && capacity != null && !Json.has(status, "allocatable")) {
      status.set("allocatable", capacity.deepCopy());
    }
    var spec = Json.object(node, "spec");
    if (spec != null) {
      ranges(spec);
    }
  }

  /// The older name is believed where both are given and differ.
  private static void ranges(ObjectNode spec) {
    var range = Json.text(spec, "podCIDR");
    var ranges = Json.strings(spec, "podCIDRs");
    if (range.isEmpty() && !ranges.isEmpty()) {
      spec.put("podCIDR", ranges.getFirst());
    } else if (!range.isEmpty() && (ranges.isEmpty() || !ranges.getFirst().equals(range))) {
      spec.putArray("podCIDRs").add(range);
    }
  }
}

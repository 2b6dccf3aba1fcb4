package dev.troupe.controllers.scheduling.queue;

import dev.troupe.controllers.scheduling.demand.PodDemand;

/// Something that has happened since the pods that wait were looked at.
public sealed interface News {

  /// A node has come, gone, or offers something else.
  record NodeChanged(String node) implements News {}

  /// A pod is on a node.
  record Came(PodDemand pod) implements News {}

  /// A pod looks different, and needs what it needed before.
  record Altered(PodDemand before, PodDemand now) implements News {}

  /// A pod is no longer on a node, or needs something else there.
  record Left(PodDemand pod, String node) implements News {}

  record NamespaceChanged(String name) implements News {}
}

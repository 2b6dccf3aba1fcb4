package dev.troupe.controllers.scheduling.placement;

import java.util.List;

/// Why a pod cannot be on a node, in Kubernetes' words.
///
/// @param isPassing whether it might be otherwise if pods of the node were not there
record Obstacle(List<String> reasons, boolean isPassing) {

  static Obstacle passing(String reason) {
    return new Obstacle(List.of(reason), true);
  }

  static Obstacle lasting(String reason) {
    return new Obstacle(List.of(reason), false);
  }
}

package dev.troupe.controllers.nodelifecycle;

/// How many nodes have failed at once: where it is many, it is rather the network than the nodes,
/// and pods stay where they are.
enum Disruption {
  NONE,

  /// So much of a small zone has failed that no more pods are expelled from its nodes.
  PARTIAL,

  /// No node is ready: no pods are expelled, as there is nowhere to go.
  TOTAL;

  private static final int SMALL_ZONE = 50;
  private static final int FEW = 2;
  private static final double MUCH = 0.55;

  /// Of a zone in which some nodes, and of a cluster in which any are ready or have failed.
  static Disruption of(int readyInZone, int failedInZone, int readyInAll) {
    if (readyInAll == 0 && failedInZone > 0) {
      return TOTAL;
    }
    int zone = readyInZone + failedInZone;
    boolean much = failedInZone > FEW && failedInZone >= MUCH * zone;
    return readyInZone > 0 && much && zone <= SMALL_ZONE ? PARTIAL : NONE;
  }
}

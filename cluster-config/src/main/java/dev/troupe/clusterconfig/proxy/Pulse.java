package dev.troupe.clusterconfig.proxy;

/// What a member has shown of its life when it was last asked, the best first.
public enum Pulse {
  /// It serves.
  READY,
  /// It answers, if only that it does not serve; or it has not been asked yet.
  ALIVE,
  /// Nobody is there: connections are refused.
  REFUSED,
  /// Nobody answers, though somebody may be there.
  SILENT
}

package dev.troupe.benchmarks.failover;

/// What happens to a member.
public enum Incident {
  /// kill -9 of a member that is not the oldest.
  kill,
  /// kill -9 of the oldest, which has the coordinator of sharding.
  coordinator,
  /// SIGSTOP for 20 s.
  freeze,
  /// The network between a member and the others is cut for 20 s; clients and the database reach
  /// it.
  cut,
  /// SIGTERM.
  leave,
  /// SIGTERM and a new start, one member after the other.
  rolling,
  /// PostgreSQL is away for a minute.
  database;

  /// Whether it can only happen to members that are in network namespaces.
  boolean needsNamespaces() {
    return this == cut;
  }
}

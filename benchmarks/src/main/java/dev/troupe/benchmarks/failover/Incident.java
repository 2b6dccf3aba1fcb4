package dev.troupe.benchmarks.failover;

/// What happens to a member.
public enum Incident {
  /// kill -9 of a member that is not the oldest.
  kill,
  /// kill -9 of the oldest, which has the coordinator of sharding.
  coordinator,
  /// SIGSTOP for 20 s.
  freeze,
  /// SIGTERM.
  leave,
  /// SIGTERM and a new start, one member after the other.
  rolling,
  /// PostgreSQL is away for a minute.
  database
}

package dev.troupe.testkit.world.partition;

/// A mistake of what carries partitions, never of these. Each must be found.
public enum Flaw {
  NONE,

  /// Whoever is fenced opens the partition again at once, and waits for no lease.
  REOPENS_AFTER_A_FENCE,

  /// Nobody waits until those who had the partition before can read no more.
  GUARDS_AGAINST_NOBODY,

  /// Nobody's note that he serves is kept.
  NOTES_NOBODY,

  /// Everybody reads, whether a lease covers it or not.
  READS_WITHOUT_A_LEASE,

  /// A relay that has said once how much it may be streamed does not say it again.
  REPEATS_NO_CREDIT,

  /// A relay that has said once that it follows does not say it again.
  REPEATS_NO_FOLLOW,

  /// What there is is read before nobody of before can store any more.
  SCANS_BEFORE_IT_OPENS,

  /// Nobody knows what the owner before has promised.
  FORGETS_PROMISES,

  /// A relay that has found the next owner of a partition shows its watches again what came last.
  REPEATS_AT_A_NEW_OWNER,

  /// A warning of the store that a commit may be lost is taken for nothing.
  IGNORES_WARNINGS
}

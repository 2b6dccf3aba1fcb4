package dev.troupe.runtime.gateway.message;

/// Why a list does not begin, or not go on.
public enum ListRefusal {
  /// The state is older than what is kept.
  EXPIRED,
  /// Too many are listed at the same time.
  OVERLOADED,
  /// Nobody knows what the newest state of the partition is, or the list is not kept any more.
  UNAVAILABLE,
  /// The partition is on its way to another member.
  MOVING
}

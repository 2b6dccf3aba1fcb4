package dev.troupe.runtime.gateway.message;

/// Why a list does not begin, or not go on.
public enum ListRefusal {
  /// The state is older than what is kept.
  EXPIRED,
  /// Too many are listed at the same time.
  OVERLOADED,
  /// The partition has moved, or nobody knows what its newest state is, or the list is not kept any
  /// more.
  UNAVAILABLE
}

package dev.troupe.runtime.lease;

import java.time.Duration;

/// What allows a member to read: a lease of a majority, and that the store has shown it a roll that
/// it acts by.
///
/// @param asked when the lease was asked for
/// @param beaten when the store was asked
public record Cover(TwoClocks asked, TwoClocks beaten, LeaseSettings settings) {

  /// How much of it is left, by the clock that never runs ahead; nothing if it does not hold.
  public Duration left(TwoClocks now) {
    if (!holds(now)) {
      return Duration.ZERO;
    }
    var lease = now.remaining(settings.lease(), asked);
    var silence = now.remaining(settings.storeSilence(), beaten);
    return lease.compareTo(silence) < 0 ? lease : silence;
  }

  public boolean holds(TwoClocks now) {
    return now.isWithin(settings.lease(), asked) && hearsOfTheStore(now);
  }

  /// Whether the store has shown its roll so lately that it does not keep anybody from reading.
  boolean hearsOfTheStore(TwoClocks now) {
    return now.isWithin(settings.storeSilence(), beaten);
  }
}

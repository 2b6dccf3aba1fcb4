package dev.troupe.runtime.lease;

import java.time.Duration;

/// How long leases last, and how they are kept.
///
/// @param lease from the moment when it was asked for
/// @param renewal between two rounds of asking
/// @param storeSilence for how long a member may read without having heard of the store
/// @param offset by how much clocks of members may differ
public record LeaseSettings(
    Duration lease, Duration renewal, Duration storeSilence, Duration offset) {

  public static final LeaseSettings DEFAULT =
      new LeaseSettings(
          Duration.ofSeconds(1),
          Duration.ofMillis(200),
          Duration.ofSeconds(10),
          Duration.ofMillis(250));

  /// What more is waited for, as clocks go by different lengths of a second.
  private static final int DRIFT_DIVISOR = 50;

  /// After so long no lease holds that was asked for before.
  public Duration leaseIsOver() {
    return longer(lease);
  }

  /// After so long nobody reads who has not heard of the store since.
  public Duration silenceIsOver() {
    return longer(storeSilence);
  }

  /// Between two beats in the store, while it decides no tie.
  public Duration beat() {
    return storeSilence.dividedBy(10);
  }

  private static Duration longer(Duration term) {
    return term.plus(term.dividedBy(DRIFT_DIVISOR));
  }
}

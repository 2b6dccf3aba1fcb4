package dev.troupe.runtime.controller.logic.state;

/// How often an object may be looked at: as often as something calls for it for a while, and at a
/// steady pace if that does not end. What comes up meanwhile goes together.
public final class Pace {

  private static final long INTERVAL_MILLIS = 100;
  private static final long MOST_AT_ONCE = 1_000;
  private static final long HEADWAY_MILLIS = INTERVAL_MILLIS * MOST_AT_ONCE;

  /// When all looks so far would have been due, had each waited for its interval.
  private long evenly = Long.MIN_VALUE;

  /// When the next look may be.
  public long from(long now) {
    return Math.max(now, evenly == Long.MIN_VALUE ? now : evenly - HEADWAY_MILLIS);
  }

  public void looked(long now) {
    evenly = Math.max(evenly, now) + INTERVAL_MILLIS;
  }

  /// Whether the next look has to wait.
  public boolean isHeld(long now) {
    return from(now) > now;
  }
}

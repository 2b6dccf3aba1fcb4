package dev.troupe.runtime.controller.logic.state;

import dev.troupe.api.controller.Failure;
import dev.troupe.api.controller.settings.ControllerSettings;

/// When to try again after a failure: exponential, jittered, never given up.
///
/// @param conflictMillis the first delay after a conflict, which is expected and passes soon
/// @param failureMillis the first delay after any other failure
/// @param maxMillis the longest delay, and the pace in quarantine
/// @param quarantineAfter how many failures in a row bring an object into quarantine
/// @param changeMillis how soon after a failure a change may call for another attempt
public record BackOff(
    long conflictMillis,
    long failureMillis,
    long maxMillis,
    int quarantineAfter,
    long changeMillis) {

  public static final BackOff STANDARD = new BackOff(10, 200, 300_000, 10, 1_000);

  private static final int MAX_DOUBLINGS = 30;

  public static BackOff of(ControllerSettings settings) {
    long first = settings.backOffFirst().toMillis();
    return new BackOff(
        Math.min(STANDARD.conflictMillis, first),
        first,
        settings.backOffMost().toMillis(),
        STANDARD.quarantineAfter,
        STANDARD.changeMillis);
  }

  /// @param chance between 0 and 1
  public ObjectState.Retry after(int attempt, Failure failure, long now, double chance) {
    boolean conflict = failure instanceof Failure.Refused(var reason, _, _) && reason.isConflict();
    boolean quarantined = attempt >= quarantineAfter;
    long delay =
        quarantined ? maxMillis : delay(attempt, conflict ? conflictMillis : failureMillis);
    long jittered = delay - (long) (delay / 2.0 * chance);
    return ObjectState.Retry.of(attempt, failure, now, now + jittered, quarantined);
  }

  /// From when on the next attempt may be made.
  ///
  /// @param called whether something new has called for it since the failure
  public long due(ObjectState.Retry retry, boolean called) {
    return called
        ? Math.min(retry.dueMillis(), retry.sinceMillis() + changeMillis)
        : retry.dueMillis();
  }

  public long callDue(int attempts, long now, double chance) {
    long delay = delay(attempts, failureMillis);
    return now + delay - (long) (delay / 2.0 * chance);
  }

  private long delay(int attempt, long first) {
    int doublings = Math.min(Math.max(attempt - 1, 0), MAX_DOUBLINGS);
    return Math.min(maxMillis, first << doublings);
  }
}

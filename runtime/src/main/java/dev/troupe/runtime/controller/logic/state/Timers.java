package dev.troupe.runtime.controller.logic.state;

import dev.troupe.api.controller.Plan;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// When timers fire: no moment is too far away, and one that fires again and again for nothing
/// fires later and later. Pure.
final class Timers {

  /// Whoever wants to be told the time after so long may be told for ever.
  private static final Duration SOON = Duration.ofSeconds(1);

  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LAST_PAUSE_MILLIS = 300_000;
  private static final int MAX_DOUBLINGS = 12;

  private static final Duration LONGEST = Duration.ofMillis(Long.MAX_VALUE);

  private Timers() {}

  /// The timers of the plan. Those that run already go on.
  ///
  /// @param inVain how often in a row a timer has fired for nothing
  static Map<String, Long> next(Map<String, Long> running, Plan plan, int inVain, long now) {
    var timers = new HashMap<String, Long>();
    for (var timer : plan.timers()) {
      var due = running.get(timer.name());
      timers.putIfAbsent(timer.name(), due != null ? due : due(timer, inVain, now));
    }
    return timers;
  }

  /// Whether the plan sets a timer for a moment that has passed, or passes at once.
  static boolean setsSoon(Map<String, Long> running, Plan plan) {
    return plan.timers().stream()
        .anyMatch(timer -> !running.containsKey(timer.name()) && isSoon(timer));
  }

  /// Whether a timer that runs already is planned again.
  static boolean goesOn(Map<String, Long> running, Plan plan) {
    return plan.timers().stream().anyMatch(timer -> running.containsKey(timer.name()));
  }

  private static boolean isSoon(Plan.Timer timer) {
    return timer.after().compareTo(SOON) < 0;
  }

  private static long due(Plan.Timer timer, int inVain, long now) {
    long after = millis(timer.after());
    long least = inVain > 0 && isSoon(timer) ? pause(inVain) : 0;
    return later(now, Math.max(after, least));
  }

  private static long pause(int inVain) {
    return Math.min(LAST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(inVain - 1, MAX_DOUBLINGS));
  }

  private static long millis(Duration after) {
    if (after.isNegative()) {
      return 0;
    }
    return after.compareTo(LONGEST) < 0 ? after.toMillis() : Long.MAX_VALUE;
  }

  private static long later(long now, long millis) {
    return millis > Long.MAX_VALUE - now ? Long.MAX_VALUE : now + millis;
  }
}

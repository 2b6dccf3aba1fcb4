package dev.troupe.runtime.controller.logic.pace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Lets not more pass in a second than may be, and up to one second's worth at once. The others
/// wait in the order in which they came.
///
/// @param <T> who comes
final class Turns<T> {

  private static final double MICROS = 1_000_000;
  private static final long MICROS_PER_MILLI = 1_000;

  /// Between two that pass; 0 if there is no limit.
  private final long intervalMicros;

  private final Deque<T> line = new ArrayDeque<>();

  /// When all that have passed would have, had each waited for its interval.
  private long evenly = Long.MIN_VALUE;

  /// @param rate how many in a second; 0 for no limit
  Turns(double rate) {
    this.intervalMicros = rate == 0 ? 0 : Math.max(1, Math.round(MICROS / rate));
  }

  /// Whether it may pass now; else it comes up in [#taken].
  boolean mayPass(T who, long now) {
    if (intervalMicros == 0) {
      return true;
    }
    if (line.isEmpty() && isFree(now)) {
      pass(now);
      return true;
    }
    line.add(who);
    return false;
  }

  /// Those who may pass now, at most `limit`.
  List<T> taken(long now, int limit) {
    var taken = new ArrayList<T>();
    while (!line.isEmpty() && taken.size() < limit && isFree(now)) {
      pass(now);
      taken.add(line.remove());
    }
    return taken;
  }

  /// When the next of those who wait may pass; [Long#MAX_VALUE] if nobody waits.
  long next(long now) {
    return line.isEmpty() ? Long.MAX_VALUE : Math.max(now, Math.ceilDiv(free(), MICROS_PER_MILLI));
  }

  private boolean isFree(long now) {
    return evenly == Long.MIN_VALUE || free() <= now * MICROS_PER_MILLI;
  }

  private long free() {
    return evenly == Long.MIN_VALUE ? 0 : evenly - Math.max(0, (long) MICROS - intervalMicros);
  }

  private void pass(long now) {
    evenly = Math.max(evenly, now * MICROS_PER_MILLI) + intervalMicros;
  }
}

package dev.troupe.runtime.controller.logic.host;

import dev.troupe.api.resource.ResourceKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;

/// When each object wants to be told the time: one wheel for all objects of a host, and one alarm
/// that is set for the earliest of them.
final class Alarms {

  private record Alarm(long due, ResourceKey key) {}

  private static final Comparator<Alarm> EARLIEST_FIRST =
      Comparator.comparingLong(Alarm::due)
          .thenComparing(alarm -> alarm.key.type())
          .thenComparing(alarm -> alarm.key.namespace())
          .thenComparing(alarm -> alarm.key.name());

  /// How far ahead an alarm is set; what is due later is looked at again on the way there.
  private static final long LONGEST_MILLIS = 3_600_000;

  private final TreeSet<Alarm> wheel = new TreeSet<>(EARLIEST_FIRST);
  private final Map<ResourceKey, Alarm> byKey = new HashMap<>();
  private long rings = Long.MAX_VALUE;

  /// Replaces the object's alarm; [Long#MAX_VALUE] takes it away.
  void set(ResourceKey key, long due) {
    var before = byKey.remove(key);
    if (before != null) {
      wheel.remove(before);
    }
    if (due != Long.MAX_VALUE) {
      var alarm = new Alarm(due, key);
      byKey.put(key, alarm);
      wheel.add(alarm);
    }
  }

  /// When the object wants to be told the time; [Long#MAX_VALUE] if never.
  long due(ResourceKey key) {
    var alarm = byKey.get(key);
    return alarm == null ? Long.MAX_VALUE : alarm.due;
  }

  /// When the next alarm is due; [Long#MAX_VALUE] if none is set.
  long next() {
    return wheel.isEmpty() ? Long.MAX_VALUE : wheel.first().due();
  }

  /// When to ring, if that is earlier than was said last: at the latest an hour from now.
  OptionalLong earlier(long now) {
    long step = wheel.isEmpty() ? Long.MAX_VALUE : Math.min(next(), now + LONGEST_MILLIS);
    if (step >= rings) {
      return OptionalLong.empty();
    }
    rings = step;
    return OptionalLong.of(step);
  }

  /// It has rung: takes the alarms that are due, at most `limit`.
  List<ResourceKey> rang(long now, int limit) {
    rings = Long.MAX_VALUE;
    var due = new ArrayList<ResourceKey>();
    while (due.size() < limit && next() <= now) {
      var key = wheel.first().key();
      set(key, Long.MAX_VALUE);
      due.add(key);
    }
    return due;
  }
}

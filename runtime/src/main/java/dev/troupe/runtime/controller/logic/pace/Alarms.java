package dev.troupe.runtime.controller.logic.pace;

import dev.troupe.api.resource.ResourceKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// When each object is to be told something: one wheel for all objects of a host.
final class Alarms {

  private record Alarm(long due, ResourceKey key) {}

  private static final Comparator<Alarm> EARLIEST_FIRST =
      Comparator.comparingLong(Alarm::due)
          .thenComparing(alarm -> alarm.key.type())
          .thenComparing(alarm -> alarm.key.namespace())
          .thenComparing(alarm -> alarm.key.name());

  private final TreeSet<Alarm> wheel = new TreeSet<>(EARLIEST_FIRST);
  private final Map<ResourceKey, Alarm> byKey = new HashMap<>();

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

  /// When the object's alarm is due; [Long#MAX_VALUE] if it has none.
  long due(ResourceKey key) {
    var alarm = byKey.get(key);
    return alarm == null ? Long.MAX_VALUE : alarm.due;
  }

  /// When the next alarm is due; [Long#MAX_VALUE] if none is set.
  long next() {
    return wheel.isEmpty() ? Long.MAX_VALUE : wheel.first().due();
  }

  /// Takes the alarms that are due, at most `limit`.
  List<ResourceKey> rang(long now, int limit) {
    var due = new ArrayList<ResourceKey>();
    while (due.size() < limit && next() <= now) {
      var key = wheel.first().key();
      set(key, Long.MAX_VALUE);
      due.add(key);
    }
    return due;
  }
}

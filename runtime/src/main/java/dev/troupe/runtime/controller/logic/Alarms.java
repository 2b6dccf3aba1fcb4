package dev.troupe.runtime.controller.logic;

import dev.troupe.api.resource.ResourceKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// When each object wants to be told the time: one wheel for all objects of a host.
public final class Alarms {

  private record Alarm(long due, ResourceKey key) {}

  private static final Comparator<Alarm> EARLIEST_FIRST =
      Comparator.comparingLong(Alarm::due)
          .thenComparing(alarm -> alarm.key.type())
          .thenComparing(alarm -> alarm.key.namespace())
          .thenComparing(alarm -> alarm.key.name());

  private final TreeSet<Alarm> wheel = new TreeSet<>(EARLIEST_FIRST);
  private final Map<ResourceKey, Alarm> byKey = new HashMap<>();

  /// Replaces the object's alarm; [Long#MAX_VALUE] takes it away.
  public void set(ResourceKey key, long due) {
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

  /// When the next alarm is due; [Long#MAX_VALUE] if none is set.
  public long next() {
    return wheel.isEmpty() ? Long.MAX_VALUE : wheel.first().due();
  }

  /// Takes the alarms that are due, at most `limit`.
  public List<ResourceKey> take(long now, int limit) {
    var due = new ArrayList<ResourceKey>();
    while (due.size() < limit && next() <= now) {
      var key = wheel.first().key();
      set(key, Long.MAX_VALUE);
      due.add(key);
    }
    return due;
  }

  public int size() {
    return wheel.size();
  }
}

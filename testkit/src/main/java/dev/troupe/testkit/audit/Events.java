package dev.troupe.testkit.audit;

import dev.troupe.testkit.audit.Observation.EventType;
import dev.troupe.testkit.audit.Observation.Listed;
import dev.troupe.testkit.audit.Observation.Seen;
import dev.troupe.testkit.audit.Observation.WatchBegun;
import dev.troupe.testkit.audit.Observation.WatchSaw;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// What all watches together say about the changes of the collection.
///
/// @param watches each with what it delivered, by its number
/// @param changes by version; where watches differ, what the first one said
record Events(Map<Integer, Watch> watches, NavigableMap<Long, WatchSaw> changes) {

  /// @param items in the order of their arrival
  record Watch(int number, long after, List<WatchSaw> items) {

    /// Everything up to here was delivered, if the server keeps its word.
    long position() {
      return items.stream().mapToLong(WatchSaw::version).max().orElse(after);
    }
  }

  static Events of(ClientHistory history) {
    var watches = new LinkedHashMap<Integer, Watch>();
    for (var begun : history.all(WatchBegun.class)) {
      watches.put(begun.watch(), new Watch(begun.watch(), begun.after(), new ArrayList<>()));
    }
    var changes = new TreeMap<Long, WatchSaw>();
    for (var item : history.all(WatchSaw.class)) {
      var watch = watches.get(item.watch());
      if (watch == null) {
        throw new IllegalArgumentException("an event of a watch that has not begun: " + item);
      }
      watch.items().add(item);
      if (item.type() != EventType.BOOKMARK) {
        changes.putIfAbsent(item.version(), item);
      }
    }
    return new Events(watches, changes);
  }

  /// The highest version up to which the watches leave no gap, going out from one.
  long reach(long from) {
    long reach = from;
    for (var watch :
        watches.values().stream().sorted(Comparator.comparingLong(Watch::after)).toList()) {
      if (watch.after() <= reach) {
        reach = Math.max(reach, watch.position());
      }
    }
    return reach;
  }

  /// The first list from which on watches deliver: what came before is in it.
  static Optional<Listed> base(ClientHistory history) {
    return history.all(Listed.class).stream().min(Comparator.comparingLong(Listed::version));
  }

  /// What a list and the changes behind it add up to, at a version.
  Map<String, Seen> fold(Listed base, long version) {
    var state = new HashMap<>(base.objects());
    for (var change : changes.subMap(base.version(), false, version, true).values()) {
      if (change.type() == EventType.DELETED) {
        state.remove(change.key());
      } else {
        state.put(String.valueOf(change.key()), new Seen(change.value(), change.version()));
      }
    }
    return state;
  }
}

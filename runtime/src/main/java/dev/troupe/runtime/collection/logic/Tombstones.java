package dev.troupe.runtime.collection.logic;

import dev.troupe.runtime.collection.index.Entry;
import dev.troupe.runtime.collection.index.Index;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;

/// The tombstones in an index, the oldest first.
final class Tombstones {

  private final ArrayDeque<Entry> byAge;

  Tombstones(Index index) {
    var known = new ArrayList<Entry>();
    index.tombstones().forEachRemaining(known::add);
    known.sort(Comparator.comparingLong(Entry::timeMillis));
    byAge = new ArrayDeque<>(known);
  }

  void add(Entry tombstone) {
    byAge.addLast(tombstone);
  }

  /// The index without those from before a moment, and without the oldest if there are more than
  /// `most`.
  Index forget(Index index, long oldest, int most) {
    var rest = index;
    while (byAge.size() > most || (!byAge.isEmpty() && byAge.getFirst().timeMillis() < oldest)) {
      var tombstone = byAge.removeFirst().resource();
      rest = rest.forget(tombstone.key(), tombstone.version());
    }
    return rest;
  }
}

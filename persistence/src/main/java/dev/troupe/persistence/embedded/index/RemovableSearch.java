package dev.troupe.persistence.embedded.index;

import dev.troupe.persistence.embedded.tables.IndexTables;
import java.util.Arrays;
import java.util.TreeMap;

/// Looks for what retention removes, through the tables and what is above them.
///
/// @param collection its number in the keys of the tables
record RemovableSearch(IndexTables tables, int collection, Layers.Slice recent) {

  /// Shows all events, unless none of them is old.
  void visit(RemovableEvents removable) {
    if (hasOld(removable)) {
      visitChains(removable);
    }
  }

  private boolean hasOld(RemovableEvents removable) {
    if (!recent.events().isEmpty() && removable.isOld(recent.events().firstKey())) {
      return true;
    }
    var prefix = IndexKeys.versions(collection);
    try (var rows = tables.cursor()) {
      rows.seek(prefix);
      return rows.isIn(prefix) && removable.isOld(IndexKeys.version(rows.key()));
    }
  }

  private void visitChains(RemovableEvents removable) {
    var above = new TreeMap<byte[], Boolean>(Arrays::compareUnsigned);
    for (var event : recent.events().values()) {
      var header = event.event();
      above.put(
          IndexKeys.event(
              collection,
              IndexKeys.resource(header.key()),
              header.partition().number(),
              header.version()),
          IndexKeys.Place.of(event).deleted());
    }
    var chains = new RemovableEvents.Chains(removable);
    var prefix = IndexKeys.events(collection);
    try (var rows = tables.cursor()) {
      for (rows.seek(prefix); rows.isIn(prefix); rows.next()) {
        var key = rows.key();
        boolean again = above.containsKey(key);
        while (!above.isEmpty() && Arrays.compareUnsigned(above.firstKey(), key) <= 0) {
          var first = above.pollFirstEntry();
          chains.add(first.getKey(), first.getValue());
        }
        if (!again && !recent.removed().contains(IndexKeys.version(key))) {
          chains.add(key, IndexKeys.Place.of(rows.value()).deleted());
        }
      }
    }
    above.forEach(chains::add);
    chains.end();
  }
}

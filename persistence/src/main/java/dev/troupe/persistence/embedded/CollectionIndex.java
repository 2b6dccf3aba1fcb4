package dev.troupe.persistence.embedded;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.api.resource.Version;
import dev.troupe.persistence.embedded.EventIndex.Indexed;
import dev.troupe.persistence.embedded.EventIndex.Newest;
import dev.troupe.persistence.embedded.EventIndex.Pointers;
import dev.troupe.persistence.format.EventHeader;
import dev.troupe.persistence.format.LogEntry.Pruned;
import dev.troupe.persistence.format.LogEntry.Removed;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore.Rule;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.StoreException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The index of one collection. The events of a resource are chained from the newest to the oldest
/// by their versions.
final class CollectionIndex {

  final VersionTable table;
  final Map<PartitionId, Map<ResourceKey, Newest>> newest = new HashMap<>();
  int partitions;
  long horizon;

  CollectionIndex(VersionTable table) {
    this.table = table;
  }

  @Nullable Newest newest(PartitionId partition, ResourceKey key) {
    return resources(partition).get(key);
  }

  private Map<ResourceKey, Newest> resources(PartitionId partition) {
    return newest.computeIfAbsent(partition, _ -> new HashMap<>());
  }

  void put(Indexed indexed) {
    var event = indexed.event();
    int row = table.find(event.version());
    if (row >= 0) {
      table.setPosition(row, indexed.position());
      return;
    }
    var resources = resources(event.partition());
    var before = resources.get(event.key());
    if (before == null || before.version() < event.version()) {
      table.insert(
          -row - 1, event.version(), indexed.position(), before == null ? 0 : before.version());
      resources.put(event.key(), newest(event));
    } else {
      putBehind(before, event.version(), indexed.position());
    }
  }

  /// An event that was written again when its resource had newer ones already.
  private void putBehind(Newest newest, long version, long position) {
    long successor = newest.version();
    long predecessor = previous(successor);
    while (predecessor > version) {
      successor = predecessor;
      predecessor = previous(successor);
    }
    table.setPrevious(table.find(successor), version);
    table.insert(-table.find(version) - 1, version, position, predecessor);
  }

  private static Newest newest(EventHeader event) {
    return new Newest(event.version(), event.sequence(), event.type() == EventRecord.Type.DELETED);
  }

  /// The version of the resource before the one given; 0 if that is its oldest kept.
  private long previous(long version) {
    long previous = table.previous(table.find(version));
    return previous != 0 && table.find(previous) >= 0 ? previous : 0;
  }

  Pointers latest(PartitionId partition, long atVersion) {
    if (atVersion < horizon) {
      throw new StoreException(
          "the state of "
              + partition
              + " at "
              + atVersion
              + " is no longer kept: older than "
              + horizon);
    }
    var pointers = new PointerList();
    for (var last : resources(partition).values()) {
      long version = last.version();
      while (version > atVersion) {
        version = previous(version);
      }
      if (version != 0) {
        pointers.add(table, table.find(version));
      }
    }
    return pointers.inLogOrder();
  }

  Pointers tail(long after, int limit) {
    var pointers = new PointerList();
    if (after >= horizon) {
      for (int row = table.above(after); row < table.size() && pointers.size() < limit; row++) {
        pointers.add(table, row);
      }
    }
    return pointers.inOrderAdded();
  }

  Pointers history(ResourceKey key, int limit) {
    var pointers = new PointerList();
    for (var resources : newest.values()) {
      var last = resources.get(key);
      long version = last == null ? 0 : last.version();
      while (version != 0 && pointers.size() < limit) {
        pointers.add(table, table.find(version));
        version = previous(version);
      }
    }
    return pointers.inOrderAdded();
  }

  Removed removable(Pruned rule) {
    var pruning = new Pruning(rule);
    if (table.size() > 0 && Version.millis(table.version(0)) < oldMillis(rule)) {
      newest.values().forEach(resources -> resources.values().forEach(pruning::visit));
    }
    return pruning.removed(rule.collection());
  }

  void remove(Removed removed) {
    horizon = Math.max(horizon, removed.horizon());
    var rows = new BitSet();
    for (long version : removed.versions()) {
      int row = table.find(version);
      if (row >= 0) {
        rows.set(row);
      }
    }
    table.removeIf(rows::get);
    for (var resources : newest.values()) {
      resources.values().removeIf(last -> table.find(last.version()) < 0);
    }
  }

  private static long oldMillis(Pruned rule) {
    return rule.nowMillis() - rule.ageMillis();
  }

  /// Which rows a rule removes.
  private final class Pruning {

    private final BitSet rows = new BitSet();
    private final long oldMillis;
    private final long forgottenMillis;
    private final int perResource;
    private long horizon;

    private Pruning(Pruned rule) {
      oldMillis = oldMillis(rule);
      forgottenMillis = Math.min(oldMillis, rule.nowMillis() - Rule.TOMBSTONE.toMillis());
      perResource = rule.perResource();
    }

    Removed removed(TypeRef collection) {
      var versions = rows.stream().mapToLong(table::version).toArray();
      return new Removed(collection, horizon, versions);
    }

    void visit(Newest last) {
      if (last.deleted() && Version.millis(last.version()) < forgottenMillis) {
        remove(last.version(), last.version());
        for (long v = previous(last.version()); v != 0; v = previous(v)) {
          remove(v, last.version());
        }
      } else {
        visit(chain(last.version()));
      }
    }

    /// An event may go when its successor is old too, so that the state at every version above the
    /// horizon stays known.
    private void visit(List<Long> chain) {
      for (int i = chain.size() - 1; i >= perResource; i--) {
        long successor = chain.get(i - 1);
        if (Version.millis(successor) >= oldMillis) {
          return;
        }
        remove(chain.get(i), successor);
      }
    }

    private List<Long> chain(long last) {
      var chain = new ArrayList<Long>(2);
      for (long version = last; version != 0; version = previous(version)) {
        chain.add(version);
      }
      return chain;
    }

    private void remove(long version, long newHorizon) {
      rows.set(table.find(version));
      horizon = Math.max(horizon, newHorizon);
    }
  }
}

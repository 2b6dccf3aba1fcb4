package dev.troupe.persistence.embedded.index;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.persistence.embedded.index.EventIndex.Indexed;
import dev.troupe.persistence.embedded.tables.RowChange;
import dev.troupe.persistence.format.LogEntry.CollectionState;
import dev.troupe.runtime.store.PartitionId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rows of the tables that a part of the log changes.
final class IndexRows {

  private static final Comparator<byte[]> ORDER = Arrays::compareUnsigned;

  private final Before before;
  private final List<RowChange> rows = new ArrayList<>();

  IndexRows(Before before) {
    this.before = before;
  }

  void add(Reflected reflected) {
    rows.add(new RowChange.Put(IndexKeys.reflected(), reflected.encode()));
  }

  void add(int collection, CollectionState state) {
    rows.add(new RowChange.Put(IndexKeys.collection(collection), IndexKeys.state(state)));
  }

  void add(int collection, RecentEvents recent, TypeRef type) {
    var chains = chains(collection, recent.events(type).values());
    var newest = new HashSet<Owner>();
    for (var chain : chains) {
      if (addNewest(collection, chain)) {
        newest.add(chain.owner);
      }
    }
    for (var chain : chains) {
      addEvents(collection, chain);
    }
    for (long version : recent.removed(type)) {
      remove(collection, type, version, recent.event(type, version), newest);
    }
  }

  private record Owner(PartitionId partition, ResourceKey key) {

    static Owner of(Indexed event) {
      return new Owner(event.event().partition(), event.event().key());
    }
  }

  /// The events of one resource.
  private record Chain(Owner owner, byte[] resource, List<Indexed> events) {

    int partition() {
      return owner.partition().number();
    }
  }

  /// Adds rows for the versions, which are ascending.
  private List<Chain> chains(int collection, Iterable<Indexed> events) {
    var chains = new HashMap<Owner, Chain>();
    for (var event : events) {
      var header = event.event();
      var chain =
          chains.computeIfAbsent(
              Owner.of(event),
              owner -> new Chain(owner, IndexKeys.resource(owner.key()), new ArrayList<>(4)));
      chain.events.add(event);
      rows.add(
          new RowChange.Put(
              IndexKeys.version(collection, header.version()),
              IndexKeys.versionValue(event, chain.resource)));
    }
    // As the tables are, so that little is left to sort.
    var sorted = new ArrayList<>(chains.values());
    sorted.sort(Comparator.comparing(Chain::resource, ORDER));
    return sorted;
  }

  /// @return false if there is a newer one, behind which this was written again
  private boolean addNewest(int collection, Chain chain) {
    var key = IndexKeys.newest(collection, chain.partition(), chain.resource);
    var last = chain.events.getLast();
    boolean isNewest = last.newest() || isNewest(last, before.value(key));
    if (isNewest) {
      rows.add(new RowChange.Put(key, IndexKeys.newestValue(last)));
    }
    return isNewest;
  }

  private static boolean isNewest(Indexed event, byte @Nullable [] known) {
    return known == null || IndexKeys.newest(known).version() <= event.event().version();
  }

  private void addEvents(int collection, Chain chain) {
    for (var event : chain.events) {
      rows.add(
          new RowChange.Put(
              IndexKeys.event(
                  collection, chain.resource, chain.partition(), event.event().version()),
              IndexKeys.eventValue(event)));
    }
  }

  /// @param successor an event that has got the same version since
  /// @param newest the resources whose newest events are among the rows
  private void remove(
      int collection, TypeRef type, long version, @Nullable Indexed successor, Set<Owner> newest) {
    var key = IndexKeys.version(collection, version);
    var value = before.value(key);
    if (value == null) {
      return;
    }
    int partition = IndexKeys.partition(value);
    var resource = IndexKeys.resource(value);
    var owner = new Owner(new PartitionId(type, partition), IndexKeys.key(type, resource));
    if (successor == null) {
      rows.add(new RowChange.Delete(key));
    }
    if (successor == null || !owner.equals(Owner.of(successor))) {
      rows.add(new RowChange.Delete(IndexKeys.event(collection, resource, partition, version)));
    }
    var newestKey = IndexKeys.newest(collection, partition, resource);
    var last = before.value(newestKey);
    if (last != null && IndexKeys.newest(last).version() == version && !newest.contains(owner)) {
      rows.add(new RowChange.Delete(newestKey));
    }
  }

  /// In the order of the tables, each key once.
  List<RowChange> sorted() {
    rows.sort(Comparator.comparing(RowChange::key, ORDER));
    return rows;
  }

  /// The tables as they are.
  @FunctionalInterface
  interface Before {

    /// @return null if there is no such row
    byte @Nullable [] value(byte[] key);
  }
}

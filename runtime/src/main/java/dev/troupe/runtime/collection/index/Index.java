package dev.troupe.runtime.collection.index;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.collection.Sought;
import dev.troupe.runtime.resource.logic.ResourceState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All resources of a partition at one moment, and the tombstones of those that are gone.
/// Immutable; a fold of the partition's events.
public final class Index {

  public static final Index EMPTY = new Index(OrderedMap.empty(), OrderedMap.empty(), 0);

  private static final Comparator<Entry> ORDER =
      Comparator.comparing(Entry::namespace).thenComparing(Entry::name);

  private final OrderedMap<Entry> live;
  private final OrderedMap<Entry> tombstones;

  /// The highest sequence number of the forgotten tombstones: a resource of which nothing is known
  /// counts on from there, because the log may remember it longer.
  private final long forgotten;

  private Index(OrderedMap<Entry> live, OrderedMap<Entry> tombstones, long forgotten) {
    this.live = live;
    this.tombstones = tombstones;
    this.forgotten = forgotten;
  }

  /// @param newest one entry per resource, in any order
  public static Index of(List<Entry> newest) {
    var sorted = new ArrayList<>(newest);
    sorted.sort(ORDER);
    return new Index(
        OrderedMap.of(sorted.stream().filter(entry -> !entry.isTombstone()).toList()),
        OrderedMap.of(sorted.stream().filter(Entry::isTombstone).toList()),
        0);
  }

  public Index with(Entry entry) {
    var namespace = entry.namespace();
    var name = entry.name();
    return entry.isTombstone()
        ? new Index(live.without(namespace, name), tombstones.with(entry), forgotten)
        : new Index(live.with(entry), tombstones.without(namespace, name), forgotten);
  }

  /// Forgets a tombstone, if it is (still) that of `version`.
  public Index forget(ResourceKey key, long version) {
    var tombstone = tombstones.get(key.namespace(), key.name());
    return tombstone == null || tombstone.resource().version() != version
        ? this
        : new Index(
            live,
            tombstones.without(key.namespace(), key.name()),
            Math.max(forgotten, tombstone.sequence()));
  }

  public int size() {
    return live.size();
  }

  public @Nullable Entry get(String namespace, String name) {
    return live.get(namespace, name);
  }

  /// The newest event of a resource, be it its deletion; null if none is known.
  public @Nullable Entry newest(ResourceKey key) {
    var entry = live.get(key.namespace(), key.name());
    return entry != null ? entry : tombstones.get(key.namespace(), key.name());
  }

  /// What a resource that wakes up starts from.
  public ResourceState state(ResourceKey key) {
    var entry = newest(key);
    return entry == null
        ? ResourceState.unknown(forgotten)
        : ResourceState.after(
            entry.type(), entry.resource(), entry.sequence(), entry.mutationKey());
  }

  /// Live resources at or behind a place.
  ///
  /// @param wanted what cannot have it is left out; null for everything
  public Iterator<Entry> from(String namespace, String name, @Nullable Sought wanted) {
    return live.from(namespace, name, wanted);
  }

  /// How many live resources there are at or behind a place.
  int countFrom(String namespace, String name) {
    return live.countFrom(namespace, name);
  }

  /// How many bytes the contents of live resources at or behind a place have.
  long weightFrom(String namespace, String name) {
    return live.weightFrom(namespace, name);
  }

  public Iterator<Entry> tombstones() {
    return tombstones.from("", "", null);
  }
}

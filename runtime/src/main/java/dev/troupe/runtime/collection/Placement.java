package dev.troupe.runtime.collection;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.store.PartitionId;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which partition holds what. The same on every member and for ever: by the namespace, or by the
/// name if the type is cluster-scoped. Collections come and go with the types that are defined.
public final class Placement {

  private static final int FNV_OFFSET = 0x811c9dc5;
  private static final int FNV_PRIME = 16777619;

  private volatile Map<TypeRef, Integer> counts;
  private volatile List<PartitionId> all;

  /// @param counts how many partitions each collection has
  public Placement(Map<TypeRef, Integer> counts) {
    this.counts = Map.copyOf(counts);
    this.all = all(counts);
  }

  /// There is one more collection from now on.
  public synchronized void add(TypeRef collection, int count) {
    var next = new HashMap<>(counts);
    next.put(collection, count);
    become(next);
  }

  /// There is no such collection any more.
  public synchronized void remove(TypeRef collection) {
    var next = new HashMap<>(counts);
    next.remove(collection);
    become(next);
  }

  private void become(Map<TypeRef, Integer> next) {
    counts = Map.copyOf(next);
    all = all(next);
  }

  /// @throws IllegalArgumentException if there is no such collection
  public List<PartitionId> partitions(TypeRef collection) {
    return partitions(collection, count(collection)).toList();
  }

  private static Stream<PartitionId> partitions(TypeRef collection, int count) {
    return IntStream.range(0, count).mapToObj(number -> new PartitionId(collection, number));
  }

  /// Those that can hold resources in a namespace.
  ///
  /// @param namespace null for all
  /// @throws IllegalArgumentException if there is no such collection
  public List<PartitionId> partitions(TypeRef collection, @Nullable String namespace) {
    return namespace == null ? partitions(collection) : List.of(of(collection, namespace, ""));
  }

  /// All partitions of all collections.
  public List<PartitionId> all() {
    return all;
  }

  private static List<PartitionId> all(Map<TypeRef, Integer> counts) {
    return counts.keySet().stream()
        .sorted()
        .flatMap(collection -> partitions(collection, counts.getOrDefault(collection, 0)))
        .toList();
  }

  /// How many each collection has now.
  public Map<TypeRef, Integer> counts() {
    return counts;
  }

  /// Whether it has several partitions.
  boolean isSplit(TypeRef collection) {
    return counts.getOrDefault(collection, 1) > 1;
  }

  /// Whether there is such a collection.
  public boolean has(TypeRef collection) {
    return counts.containsKey(collection);
  }

  public PartitionId of(ResourceKey key) {
    return of(key.type(), key.namespace(), key.name());
  }

  /// @param namespace empty for a cluster-scoped resource
  public PartitionId of(TypeRef collection, String namespace, String name) {
    int count = count(collection);
    int number =
        count == 1 ? 0 : Math.floorMod(hash(namespace.isEmpty() ? name : namespace), count);
    return new PartitionId(collection, number);
  }

  private int count(TypeRef collection) {
    var count = counts.get(collection);
    if (count == null) {
      throw new IllegalArgumentException("there is no collection " + collection);
    }
    return count;
  }

  /// FNV-1a: what is stored depends on it, so it never changes.
  private static int hash(String text) {
    int hash = FNV_OFFSET;
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (octet & 0xff)) * FNV_PRIME;
    }
    return hash;
  }
}

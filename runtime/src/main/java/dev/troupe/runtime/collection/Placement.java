package dev.troupe.runtime.collection;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.store.PartitionId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Which partition holds what. The same on every member and for ever: by the namespace, or by the
/// name if the type is cluster-scoped.
public final class Placement {

  private static final int FNV_OFFSET = 0x811c9dc5;
  private static final int FNV_PRIME = 16777619;

  private final Map<TypeRef, Integer> counts;

  /// @param counts how many partitions each collection has
  public Placement(Map<TypeRef, Integer> counts) {
    this.counts = Map.copyOf(counts);
  }

  /// @throws IllegalArgumentException if there is no such collection
  public List<PartitionId> partitions(TypeRef collection) {
    return IntStream.range(0, count(collection))
        .mapToObj(number -> new PartitionId(collection, number))
        .toList();
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
    return counts.keySet().stream()
        .sorted()
        .flatMap(collection -> partitions(collection).stream())
        .toList();
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

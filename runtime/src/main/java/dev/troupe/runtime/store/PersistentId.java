package dev.troupe.runtime.store;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;

/// Names one persistent actor in one epoch of its partition: what Pekko calls a persistence id. The
/// type of `key` is the partition's collection.
///
/// Written as `collection/number/epoch/namespace/name`. None of the parts can hold a slash.
public record PersistentId(PartitionId partition, long epoch, ResourceKey key) {

  public PersistentId {
    if (!key.type().equals(partition.collection())) {
      throw new IllegalArgumentException(key + " does not belong to " + partition);
    }
  }

  /// Reads the form that [#toString()] writes.
  ///
  /// @throws IllegalArgumentException if `text` is something else
  public static PersistentId parse(String text) {
    var parts = text.split("/", 5);
    if (parts.length != 5) {
      throw new IllegalArgumentException("not an id of a persistent actor of Troupe: " + text);
    }
    var collection = TypeRef.parse(parts[0]);
    return new PersistentId(
        new PartitionId(collection, Integer.parseInt(parts[1])),
        Long.parseLong(parts[2]),
        new ResourceKey(collection, parts[3], parts[4]));
  }

  @Override
  public String toString() {
    return partition.collection()
        + "/"
        + partition.number()
        + "/"
        + epoch
        + "/"
        + key.namespace()
        + "/"
        + key.name();
  }
}

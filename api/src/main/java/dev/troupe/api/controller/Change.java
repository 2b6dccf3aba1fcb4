package dev.troupe.api.controller;

import dev.troupe.api.resource.ResourceKey;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One change of one object, in the order of its collection, as a [CollectionController] folds it.
public interface Change {

  ResourceKey key();

  long version();

  /// Whether the object is gone. `version` is that of its deletion then, as far as it is known.
  boolean deleted();

  /// The object's uid. Cheaper than [#metadata].
  default String uid() {
    return metadata().getUid();
  }

  /// The uids of all owner references. Cheaper than [#metadata].
  default List<String> ownerUids() {
    var owners = metadata().getOwnerReferences();
    return owners == null ? List.of() : owners.stream().map(OwnerReference::getUid).toList();
  }

  /// Whether the object's deletion has been asked for. Mostly cheaper than [#metadata].
  default boolean terminating() {
    return metadata().getDeletionTimestamp() != null;
  }

  /// The object's metadata after the change; of a deleted object, before it.
  ObjectMeta metadata();

  /// The object after the change (of a deleted object: before it), decoded as `type`; null if it is
  /// of another type.
  <T extends HasMetadata> @Nullable T as(Class<T> type);

  /// The same, for what nobody will ask for again: it takes no room among what is kept decoded.
  default <T extends HasMetadata> @Nullable T once(Class<T> type) {
    return as(type);
  }
}

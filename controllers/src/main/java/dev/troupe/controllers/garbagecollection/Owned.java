package dev.troupe.controllers.garbagecollection;

import dev.troupe.api.controller.Change;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.controllers.objects.ObjectTimes;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What garbage collection knows of one object, be it owned, an owner, or both.
///
/// @param resourceVersion empty for those that nothing is ever done about, as they have no owner
///   and live
/// @param deletedAt when its deletion was asked for; null if it was not
record Owned(
    ResourceKey key,
    String uid,
    String resourceVersion,
    List<OwnerReference> owners,
    List<String> finalizers,
    @Nullable Instant deletedAt) {

  static final String FOREGROUND = "foregroundDeletion";
  static final String ORPHAN = "orphan";

  /// Most objects own nothing, have no owner and live: of those, nothing is decoded.
  static Owned of(Change change) {
    if (change.ownerUids().isEmpty() && !change.terminating()) {
      return new Owned(change.key(), change.uid(), "", List.of(), List.of(), null);
    }
    ObjectMeta metadata = change.metadata();
    var deleted = metadata.getDeletionTimestamp();
    return new Owned(
        change.key(),
        metadata.getUid(),
        Objects.requireNonNullElse(metadata.getResourceVersion(), Long.toString(change.version())),
        List.copyOf(Objects.requireNonNullElse(metadata.getOwnerReferences(), List.of())),
        List.copyOf(Objects.requireNonNullElse(metadata.getFinalizers(), List.of())),
        deleted == null ? null : ObjectTimes.parse(deleted));
  }

  boolean isDeleting() {
    return deletedAt != null;
  }

  /// Whether it waits for its dependents to be gone, or to be let go.
  boolean awaitsDependents() {
    return isDeleting() && (finalizers.contains(FOREGROUND) || finalizers.contains(ORPHAN));
  }

  boolean isDeletingInForeground() {
    return isDeleting() && finalizers.contains(FOREGROUND);
  }

  /// Whether the object may own those of a namespace.
  boolean reaches(String namespace) {
    return key.namespace().isEmpty() || key.namespace().equals(namespace);
  }
}

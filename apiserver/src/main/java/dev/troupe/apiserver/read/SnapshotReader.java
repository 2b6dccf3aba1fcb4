package dev.troupe.apiserver.read;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.apiserver.call.Call;
import dev.troupe.apiserver.status.Refusals;
import dev.troupe.apiserver.status.RefusedException;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.collection.Resources.AheadException;
import dev.troupe.runtime.collection.Snapshot;
import dev.troupe.runtime.resource.StoredResource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Reads objects and collections in the terms of `resourceVersion`.
public final class SnapshotReader {

  private final Resources resources;

  public SnapshotReader(Resources resources) {
    this.resources = resources;
  }

  /// The newest state of one object.
  public CompletionStage<Optional<StoredResource>> newest(ResourceKey key) {
    return resources.get(key);
  }

  /// A state of one object at or behind `version`.
  public CompletionStage<Optional<StoredResource>> notOlder(ResourceKey key, long version) {
    return reached(resources.get(key, version), version);
  }

  /// The newest state.
  ///
  /// @param namespace empty for all, and for cluster-scoped types
  public CompletionStage<Snapshot> newest(TypeRef type, String namespace) {
    return resources.snapshot(type, orNull(namespace));
  }

  /// Exactly the state at `version`.
  public CompletionStage<Snapshot> exactly(TypeRef type, String namespace, long version) {
    return reached(resources.snapshotAt(type, orNull(namespace), version), version);
  }

  /// A state at or behind `version`; the newest there is, if that is known to be.
  public CompletionStage<Snapshot> notOlder(
      Call call, TypeRef type, String namespace, long version) {
    return call.thenStage(
        newest(type, namespace),
        newest ->
            newest.version() >= version
                ? CompletableFuture.completedFuture(newest)
                : exactly(type, namespace, version));
  }

  /// Whoever asks for a version that does not come is told so.
  private static <T> CompletionStage<T> reached(CompletionStage<T> stage, long version) {
    return stage.exceptionally(failure -> {
      Throwable cause =
          failure instanceof CompletionException && failure.getCause() != null
              ? failure.getCause()
              : failure;
      if (cause instanceof AheadException) {
        throw new RefusedException(Refusals.versionTooLarge(version));
      }
      throw failure instanceof RuntimeException runtime ? runtime : new CompletionException(cause);
    });
  }

  private static @Nullable String orNull(String namespace) {
    return namespace.isEmpty() ? null : namespace;
  }
}

package dev.troupe.runtime.collection;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.api.resource.Version;
import dev.troupe.runtime.collection.reading.ListCursor;
import dev.troupe.runtime.collection.reading.ListQuery;
import dev.troupe.runtime.collection.reading.LocalCursor;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import dev.troupe.runtime.store.PartitionId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/// The way in: how the API server and the controllers of a member read, write and watch the
/// resources of every collection.
///
/// Stages never fail for expected reasons: those are a [WriteReply.Refused], or an
/// [UnavailableException].
public interface Resources {

  /// Sends a mutation to its resource and answers when it is released.
  CompletionStage<WriteReply> write(WriteRequest request);

  /// The same for callers who go on on a thread of their own.
  ///
  /// @param thread where the stage completes, if that is possible
  default CompletionStage<WriteReply> write(WriteRequest request, Executor thread) {
    return write(request);
  }

  /// The newest state of one resource: every write to it that was acknowledged before the call is
  /// in it. Asks nobody but the partition that holds it.
  default CompletionStage<Optional<StoredResource>> get(ResourceKey key) {
    return get(key, Version.NONE);
  }

  /// The same, of a state that contains everything up to a version.
  ///
  /// @return fails with [AheadException] if `atLeast` is ahead of time
  CompletionStage<Optional<StoredResource>> get(ResourceKey key, long atLeast);

  /// The newest state: contains every write acknowledged before the call.
  ///
  /// @param namespace reads just the partition of this namespace; null for the whole collection
  CompletionStage<Snapshot> snapshot(TypeRef collection, @Nullable String namespace);

  /// The state at exactly `version`, as far back as it is kept: for some seconds in memory, and in
  /// the store.
  ///
  /// @return fails with [ExpiredException] if it is older, with [AheadException] if `version` is
  ///   ahead of time, with [OverloadedException] if too many states are read from the store
  CompletionStage<Snapshot> snapshotAt(
      TypeRef collection, @Nullable String namespace, long version);

  /// A list of the newest state, which contains every write acknowledged before the call, or of the
  /// state at exactly a version, as of [#snapshotAt].
  default CompletionStage<ListCursor> list(ListQuery query) {
    var state =
        query.version() == ListQuery.NEWEST
            ? snapshot(query.collection(), query.namespace())
            : snapshotAt(query.collection(), query.namespace(), query.version());
    return state.thenApply(read -> new LocalCursor(read, query));
  }

  /// Everything that happens in a collection after a version: ordered, once, without gaps. Pulled
  /// by the subscriber; one that falls behind is fed from the log.
  ///
  /// Ends with [ExpiredException] if the position is older than what is kept, or with
  /// [UnavailableException].
  ///
  /// @param namespace follows just the partition of this namespace; null for the whole collection
  Flow.Publisher<WatchItem> watch(TypeRef collection, @Nullable String namespace, long after);

  /// The same for one partition.
  Flow.Publisher<WatchItem> follow(PartitionId partition, long after);

  /// Makes every partition that can hold the namespace refuse creates that carry its uid. Durable
  /// when it completes; kept for `keep`.
  CompletionStage<Void> closeNamespace(String namespace, String uid, Duration keep);

  /// Makes every partition of a collection refuse creates for as long as the definition with this
  /// uid is the one of its type. Durable when it completes; kept for `keep`.
  default CompletionStage<Void> closeCollection(TypeRef collection, String uid, Duration keep) {
    return CompletableFuture.failedStage(
        new UnavailableException("collections cannot be closed from here"));
  }

  /// The position is older than what is kept; list again.
  final class ExpiredException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ExpiredException(String message) {
      super(message, null, false, false);
    }
  }

  /// There is no such version yet.
  final class AheadException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public AheadException(String message) {
      super(message, null, false, false);
    }
  }

  /// Too much of this kind is being done; try again a little later.
  final class OverloadedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public OverloadedException(String message) {
      super(message, null, false, false);
    }
  }

  /// The partition does not answer now; try again later.
  final class UnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean moving;

    public UnavailableException(String message) {
      this(message, false);
    }

    /// @param moving whether the partition is on its way to where it will answer soon
    public UnavailableException(String message, boolean moving) {
      super(message, null, false, false);
      this.moving = moving;
    }

    public boolean isMoving() {
      return moving;
    }
  }
}

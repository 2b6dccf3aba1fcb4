package dev.troupe.persistence.postgresql.lane;

import dev.troupe.persistence.postgresql.append.EncodedGroup;
import dev.troupe.runtime.store.EventStore.Group;
import dev.troupe.runtime.store.EventStore.Opened;
import dev.troupe.runtime.store.EventStore.Outcome;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.StoreException;
import java.util.concurrent.CompletableFuture;

/// What a lane is asked for. Answered once.
public sealed interface LaneTask {

  CompletableFuture<?> answer();

  default void fail(StoreException failure) {
    answer().completeExceptionally(failure);
  }

  record Append(EncodedGroup encoded, CompletableFuture<Outcome> answer) implements LaneTask {

    Group group() {
      return encoded.group();
    }
  }

  record Open(PartitionId partition, CompletableFuture<Opened> answer) implements LaneTask {}

  record Close(PartitionId partition, long epoch, boolean served, CompletableFuture<Boolean> answer)
      implements LaneTask {}
}

package dev.troupe.persistence.embedded;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.persistence.format.ArchivedEntry;
import dev.troupe.persistence.format.LogEntry.Removed;
import dev.troupe.runtime.store.EventStore.Group;
import dev.troupe.runtime.store.EventStore.Opened;
import dev.troupe.runtime.store.EventStore.Outcome;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.StoreException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// What the writer is asked for, in the order of the calls. Each is answered once, when what it
/// changed is durable.
sealed interface WriterTask {

  CompletableFuture<?> answer();

  default void fail(StoreException failure) {
    answer().completeExceptionally(failure);
  }

  record Append(List<Group> groups, CompletableFuture<List<Outcome>> answer) implements WriterTask {

    void refuse(Outcome outcome) {
      answer.complete(Collections.nCopies(groups.size(), outcome));
    }
  }

  record Open(PartitionId partition, CompletableFuture<Opened> answer) implements WriterTask {}

  record Close(PartitionId partition, long epoch, boolean served, CompletableFuture<Boolean> answer)
      implements WriterTask {}

  record FixPartitions(TypeRef collection, int wanted, CompletableFuture<Integer> answer)
      implements WriterTask {}

  /// @param removable what retention removes
  record Prune(List<Removed> removable, CompletableFuture<Boolean> answer) implements WriterTask {}

  /// The log of this moment, to be copied.
  record Copy(CompletableFuture<LogCopy> answer) implements WriterTask {}

  /// Stores a part of a backup. The first part finds the store empty.
  record Restore(boolean first, List<ArchivedEntry> entries, CompletableFuture<Boolean> answer)
      implements WriterTask {}

  /// The last one.
  record Stop(CompletableFuture<Boolean> answer) implements WriterTask {}
}

package dev.troupe.runtime.collection;

import dev.troupe.runtime.collection.logic.Promise;
import dev.troupe.runtime.collection.logic.StreamItem;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import java.time.Duration;
import java.util.function.Consumer;

/// What a [CollectionPartition] can be asked. Answers are given to a function, on the partition's
/// thread: whoever gives one leaves that thread at once. These messages do not leave the JVM.
public sealed interface PartitionCommand
    permits PartitionCommand.Wake,
        PartitionCommand.Write,
        PartitionCommand.Ask,
        PartitionCommand.CloseNamespace,
        PartitionCommand.Follow,
        PartitionCommand.Credit,
        PartitionCommand.Unfollow,
        PartitionCommand.Leave,
        PartitionNews {

  /// Wakes the partition; nothing else.
  record Wake() implements PartitionCommand {}

  /// Answered exactly once, unless the partition is gone.
  record Write(WriteRequest request, Consumer<WriteReply> replyTo) implements PartitionCommand {}

  /// Asks for a state that contains everything up to `version`.
  record Ask(long version, Consumer<Promise> replyTo) implements PartitionCommand {}

  /// @param replyTo is run when creates with this namespace uid are over for good
  record CloseNamespace(String uid, Duration keep, Runnable replyTo) implements PartitionCommand {}

  /// @param replyTo is given every change, as far as there is credit
  record Follow(long follower, int credit, Consumer<StreamItem> replyTo)
      implements PartitionCommand {}

  record Credit(long follower, int more) implements PartitionCommand {}

  record Unfollow(long follower) implements PartitionCommand {}

  /// Asks it to finish what it has to do, close its epoch and stop.
  record Leave() implements PartitionCommand {}
}

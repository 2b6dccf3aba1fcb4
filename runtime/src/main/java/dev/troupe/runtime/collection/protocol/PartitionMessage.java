package dev.troupe.runtime.collection.protocol;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.collection.index.Index;
import dev.troupe.runtime.resource.Recipient;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import dev.troupe.runtime.resource.logic.ResourceEffect;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore;
import java.time.Duration;
import java.util.Map;

/// What a partition is told: what others want of it, and what became of what it wanted. None of it
/// leaves the JVM.
public sealed interface PartitionMessage {

  /// What others want.
  sealed interface Request extends PartitionMessage {}

  /// Wakes the partition; nothing else.
  record Wake() implements Request {}

  /// Answered exactly once, unless the partition is gone.
  record Write(WriteRequest request, Recipient<WriteReply> replyTo) implements Request {}

  /// Asks for a state that contains everything up to `version`, for good.
  record Ask(long version, Recipient<Promise> replyTo) implements Request {}

  /// Refuses, from now on and durably, creates that carry this namespace uid.
  ///
  /// @param replyTo is told when creates with it are over for good
  record CloseNamespace(String uid, Duration keep, Recipient<ClosingReply> replyTo)
      implements Request {}

  /// Streams every change from now on, as far as the follower has given credit. May be repeated.
  ///
  /// @param follower a number that no other has
  /// @param attempt a higher one begins anew
  /// @param credit see [Credit]
  record Follow(long follower, long attempt, long credit, Recipient<StreamedItem> replyTo)
      implements Request {}

  /// Shows that the follower is there; whoever has not for long is forgotten. May be lost, repeated
  /// or overtaken.
  ///
  /// @param total how many changes may be sent in this attempt, with those that have been
  /// @param known the follower has everything up to this version; 0 if it does not know
  record Credit(long follower, long attempt, long total, long known) implements Request {}

  record Unfollow(long follower) implements Request {}

  /// Takes no more writes, finishes those it has, closes its epoch and stops.
  record Leave() implements Request {}

  /// Somebody has opened an epoch: ends if it may be serving one before that.
  ///
  /// @param replyTo is told that epoch when nothing is read here of one before it, nor will be; not
  ///   if a later one is served here
  record GiveUp(long epoch, Recipient<Long> replyTo) implements Request {}

  /// What the partition is told about itself.
  sealed interface Life extends PartitionMessage {}

  /// It begins; said once, first.
  record Start() implements Life {}

  /// Time passes; said about once a second.
  record Tick() implements Life {}

  /// It ends with this message, whatever it is doing.
  record Abandon() implements Life {}

  /// Its last epoch has been closed, or cannot be, or need not be.
  record Closed() implements Life {}

  /// What becomes of opening an epoch.
  sealed interface Opening extends PartitionMessage {}

  /// What was waited for is there.
  record Leased(long ticket) implements Opening {}

  record Opened(EventStore.Opened result) implements Opening {}

  /// Whoever served before has nothing any more of epochs before this one.
  record GivenUp(long epoch) implements Opening {}

  record OpenFailed(String why) implements Opening {}

  /// @param found the newest events that were asked for; a resource without one is not in it
  record Loaded(long epoch, Index index, Map<ResourceKey, EventRecord> found) implements Opening {}

  /// Time to open again.
  record Retry() implements Opening {}

  /// A child is gone: by itself, or because it was stopped.
  record ChildTerminated(long child) implements PartitionMessage {}

  /// What happens in an epoch. Means nothing in another.
  sealed interface InEpoch extends PartitionMessage {
    long epoch();
  }

  /// A child has answered without storing anything.
  record Decided(long epoch, ResourceEffect.Answer answer) implements InEpoch {}

  /// A child's event is durable. It waits in this form until it is released.
  record Stored(long epoch, EventRecord event, StoredResource resource) implements InEpoch {}

  /// An event is definitely not stored, although the epoch goes on. Its child is about to end.
  record Refused(long epoch, long version, EventStore.Outcome why) implements InEpoch {}

  /// Somebody has opened a later epoch: nothing will be stored in this one any more.
  record Fenced(long epoch) implements InEpoch {}

  /// The outcome of an append is unknown.
  record Failed(long epoch, String why) implements InEpoch {}

  /// Facts are stored.
  record Kept(long epoch, long keeping) implements InEpoch {}

  /// Facts are definitely not stored, although the epoch goes on: they are stored later.
  record KeepRefused(long epoch, long keeping) implements InEpoch {}

  /// Facts may be stored, now or later.
  record KeepFailed(long epoch, long keeping, String why) implements InEpoch {}

  /// What has become of facts that were to be stored.
  static InEpoch kept(long epoch, long keeping, EventStore.Outcome outcome) {
    return switch (outcome) {
      case STORED -> new Kept(epoch, keeping);
      case NO_ROOM, OVERLOADED -> new KeepRefused(epoch, keeping);
      case FENCED -> new Fenced(epoch);
      case DUPLICATE -> new KeepFailed(epoch, keeping, outcome.toString());
    };
  }
}

package dev.troupe.runtime.collection.protocol;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.resource.Recipient;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.logic.Draft;
import dev.troupe.runtime.resource.logic.Order;
import dev.troupe.runtime.version.VersionClock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a partition wants done, in this order. What comes of it is told by the messages that are
/// named.
public sealed interface PartitionEffect {

  /// Waits for the first lease to read that this member asks for from now on: `Leased`.
  record AwaitLease(long ticket) implements PartitionEffect {}

  /// The same, when in addition whoever may have served the partition before can read no more.
  ///
  /// @param owner who served it last; null if that is not known
  record AwaitGuard(long ticket, @Nullable MemberId owner) implements PartitionEffect {}

  /// Asks whoever served the partition before to give up what it has of epochs before this one:
  /// `GivenUp`, if it does.
  record AskFormer(MemberId former, long epoch) implements PartitionEffect {}

  /// Opens the next epoch: `Opened` or `OpenFailed`.
  record Open() implements PartitionEffect {}

  /// Says `Retry` after a while.
  record RetryAfter(Duration delay) implements PartitionEffect {}

  /// Reads the newest event of every resource: `Loaded` or `OpenFailed`.
  ///
  /// @param wanted the resources whose newest event is to be handed over with the index
  record Load(long epoch, Set<ResourceKey> wanted) implements PartitionEffect {}

  /// The epoch begins: children may be woken, and take versions from the clock.
  record Begin(long epoch, VersionClock<Draft> clock) implements PartitionEffect {}

  /// The epoch is over: its children stop, whatever they are doing.
  record End(long epoch) implements PartitionEffect {}

  /// Starts a child for a resource, which finds its state in the index: `ChildTerminated` in the
  /// end.
  record Wake(long child, ResourceKey key) implements PartitionEffect {}

  /// Lets a child decide: `Decided`, `Stored`, `Refused`, `Failed` or `Fenced`.
  record Decide(long child, Order order) implements PartitionEffect {}

  /// Stops a child that has nothing to do.
  record Stop(long child) implements PartitionEffect {}

  /// A child has ended by itself: nothing is asked of it any more.
  record Forget(long child) implements PartitionEffect {}

  /// Stores facts with the partition: `Kept`, `KeepRefused`, `KeepFailed` or `Fenced`.
  record Keep(long epoch, long keeping, Map<String, byte[]> facts) implements PartitionEffect {}

  /// Closes the epoch: `Closed`.
  ///
  /// @param served see [dev.troupe.runtime.store.EventStore#close]
  /// @param facts what it leaves to those that follow
  record Close(long epoch, boolean served, Map<String, byte[]> facts) implements PartitionEffect {}

  /// Closes the epoch of a partition that ends with this message, so that nobody is told.
  record Forsake(long epoch, boolean served, Map<String, byte[]> facts)
      implements PartitionEffect {}

  /// The last epoch is over, and nobody is to be sent here any more: `Closed`, behind what is on
  /// its way.
  record Depart() implements PartitionEffect {}

  /// The partition is gone.
  record Finish() implements PartitionEffect {}

  /// Answers a write.
  record Answer(Recipient<WriteReply> replyTo, WriteReply reply) implements PartitionEffect {}

  /// Answers whoever asked for a state.
  record Tell(Recipient<Promise> replyTo, Promise promise) implements PartitionEffect {}

  /// Answers whoever closed a namespace.
  record Confirm(Recipient<ClosingReply> replyTo, ClosingReply reply) implements PartitionEffect {}

  /// Answers whoever has opened a later epoch.
  record Concede(Recipient<Long> replyTo, long epoch) implements PartitionEffect {}

  /// Passes something on to a follower.
  record Stream(Recipient<StreamedItem> replyTo, StreamedItem streamed)
      implements PartitionEffect {}

  /// Something that an operator may want to know.
  ///
  /// @param epoch that it is about; 0 if none is open
  record Report(long epoch, String what) implements PartitionEffect {}

  /// Something that happens as it should, for whoever looks for it later.
  ///
  /// @param times by step, when what has led to it was done, in milliseconds since 1970
  record Note(long epoch, String what, Map<String, Long> times) implements PartitionEffect {}
}

package dev.troupe.runtime.store;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/// The durable log under everything. An engine implements it; all methods may be called from any
/// thread and none blocks the caller.
///
/// Stages fail with [StoreException] when the outside world fails. After a failed append the caller
/// knows nothing about its outcome; it opens the partition again to learn the truth.
public interface EventStore extends AutoCloseable {

  /// Starts the next epoch of a partition. Completes only when no append of an older epoch can be
  /// stored any more.
  CompletionStage<Opened> open(PartitionId partition);

  /// Ends an epoch cleanly. Without effect if it is over already.
  CompletionStage<Void> close(PartitionId partition, long epoch);

  /// Stores groups: each all or nothing, durable when it is reported `STORED`. Groups of one
  /// partition are stored in the order of the calls.
  ///
  /// @return one outcome per group, in order; the stage fails if the outcome of any group is
  ///   unknown
  CompletionStage<List<Outcome>> append(List<Group> groups);

  /// Streams the newest event (tombstones included) of every resource of a partition as of
  /// `atVersion`, in no particular order.
  ///
  /// @param atVersion [Long#MAX_VALUE] for the latest
  /// @return the number of records, when `each` has been called for the last one
  CompletionStage<Long> scan(PartitionId partition, long atVersion, Consumer<EventRecord> each);

  /// Events of a collection (of all partitions) with a version above `after`, in version order, at
  /// most `limit`.
  CompletionStage<Tail> tail(TypeRef collection, long after, int limit);

  /// The kept events of one resource, newest first, at most `limit`.
  CompletionStage<List<EventRecord>> history(ResourceKey key, int limit);

  /// Removes what retention allows to be removed. Never the newest event of a resource, tombstones
  /// for an hour included.
  CompletionStage<Void> prune(Retention retention);

  /// How many partitions a collection has. Fixed by the first call; a differing count afterwards
  /// fails with [StoreException].
  CompletionStage<Integer> partitions(TypeRef collection, int wanted);

  @Override
  void close();

  /// What is appended together for one partition: events in version order, and facts to keep with
  /// the partition.
  ///
  /// @param facts replaces the partition's facts of the same names; an empty value removes one
  record Group(
      PartitionId partition, long epoch, List<EventRecord> events, Map<String, byte[]> facts) {}

  enum Outcome {
    STORED,
    /// The epoch is over: definitely not stored.
    FENCED,
    /// An event's (resource, sequence) or version is stored already: definitely not stored now.
    DUPLICATE
  }

  /// @param epoch the new epoch, one above the last
  /// @param facts what groups have left, such as the ceiling
  /// @param clean whether the previous epoch was closed (true for a new partition)
  /// @param highestVersion the highest version stored in, or pruned from, the partition; 0 if none
  record Opened(long epoch, Map<String, byte[]> facts, boolean clean, long highestVersion) {}

  /// @param horizon the highest version ever pruned from the collection; if it is above the
  ///   position asked for, `events` is empty and the position has expired
  record Tail(List<EventRecord> events, long horizon) {}

  /// @param age events older than this may go (per collection; the default is under the key `null`
  ///   of no map: `standard`)
  record Retention(Duration standard, Map<TypeRef, Duration> byCollection, int maxPerResource) {}
}

package dev.troupe.runtime.store;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.kind.HistoryLimit;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.resources.registry.ResourceType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// The durable log under everything. An engine implements it; all methods may be called from any
/// thread and none blocks the caller.
///
/// Stages fail with [StoreException] when the outside world fails. After a failed append the caller
/// knows nothing about its outcome; it opens the partition again to learn the truth.
public interface EventStore extends AutoCloseable {

  /// Starts the next epoch of a partition. Completes only when no append of an older epoch can be
  /// stored any more; fails with [SupersededException] if the partition is of a newer incarnation
  /// of the store than whoever asks.
  CompletionStage<Opened> open(PartitionId partition);

  /// Ends an epoch. Without effect if it is over already.
  ///
  /// @param served whether its owner was allowed to answer readers, and so knows that no owner of
  ///   before answers any. One that was not leaves the partition as unclean as he found it
  CompletionStage<Void> close(PartitionId partition, long epoch, boolean served);

  /// Leaves facts to those that follow, and ends an epoch. Whatever becomes of the one, the other
  /// is tried.
  ///
  /// @param facts as in a [Group]; if there are none, nothing is stored
  /// @param served as above
  default CompletionStage<Void> close(
      PartitionId partition, long epoch, boolean served, Map<String, byte[]> facts) {
    if (facts.isEmpty()) {
      return close(partition, epoch, served);
    }
    return append(List.of(new Group(partition, epoch, List.of(), facts)))
        .exceptionally(_ -> List.of())
        .thenCompose(_ -> close(partition, epoch, served));
  }

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
  /// @param each may be called by several threads at once
  /// @return the number of records, when `each` has been called for the last one; fails with
  ///   [ForgottenException] if `atVersion` is below the collection's horizon
  CompletionStage<Long> scan(PartitionId partition, long atVersion, Consumer<EventRecord> each);

  /// For engines: refuses a [#scan] of what is no longer kept.
  ///
  /// @throws ForgottenException if `atVersion` is below the horizon
  static void requireKept(PartitionId partition, long atVersion, long horizon) {
    if (atVersion < horizon) {
      throw new ForgottenException(
          "the state of %s at %d is no longer kept: older than %d"
              .formatted(partition, atVersion, horizon));
    }
  }

  /// Events of a collection (of all partitions) with a version above `after`, in version order, no
  /// more than `most`.
  CompletionStage<Tail> tail(TypeRef collection, long after, Most most);

  /// The kept events of one resource, newest first, no more than `most`.
  CompletionStage<List<EventRecord>> history(ResourceKey key, Most most);

  /// The same, at most `limit`, however large.
  default CompletionStage<List<EventRecord>> history(ResourceKey key, int limit) {
    return history(key, Most.of(limit));
  }

  /// Removes what retention allows to be removed. Never the newest event of a resource, tombstones
  /// for an hour included. Collections whose group is [PartitionId#CONTROLLERS] are treated alike.
  CompletionStage<Void> prune(Retention retention);

  /// How many partitions a collection has: as many as the first call wanted, whatever later ones
  /// do.
  CompletionStage<Integer> partitions(TypeRef collection, int wanted);

  /// Whether what this process has opened is still its own. Asked after each read, of what was read
  /// before: an engine that others can take over knows it by a lease, never by asking.
  default boolean isCurrent() {
    return true;
  }

  /// What keeps it from storing at this moment, in words; empty if nothing is known to. Does not
  /// block.
  default Optional<String> trouble() {
    return Optional.empty();
  }

  /// How its last commits went; empty if nobody measures that, or there were none. Does not block.
  default Optional<Commits> recentCommits() {
    return Optional.empty();
  }

  @Override
  void close();

  /// How long the last appends took of which something was stored, as far as they are remembered.
  ///
  /// @param count of those that are remembered
  /// @param medianNanos half of them took no longer
  /// @param slowNanos of a hundred, ninety-nine took no longer
  /// @param sinceNanos how long ago the last was over
  record Commits(int count, long medianNanos, long slowNanos, long sinceNanos) {}

  /// What is appended together for one partition: events in version order, and facts to keep with
  /// the partition.
  ///
  /// @param facts replaces the partition's facts of the same names; an empty value removes one
  record Group(
      PartitionId partition, long epoch, List<EventRecord> events, Map<String, byte[]> facts) {

    public Group {
      events = List.copyOf(events);
      facts = Map.copyOf(facts);
      for (var event : events) {
        if (event.epoch() != epoch || !event.partition().equals(partition)) {
          throw new IllegalArgumentException(
              event + " is in a group of " + partition + ", epoch " + epoch);
        }
      }
    }
  }

  enum Outcome {
    STORED,
    /// The epoch is over: definitely not stored.
    FENCED,
    /// An event's version is stored already, or its sequence or version is not above those of the
    /// newest event of its resource: definitely not stored now. A resource that is created again
    /// after a stored deletion may begin at sequence 1 again.
    DUPLICATE,
    /// There is no room for it now: definitely not stored. The epoch goes on.
    NO_ROOM,
    /// More waits to be stored than may: definitely not stored. The epoch goes on.
    OVERLOADED
  }

  /// @param epoch the new epoch, one above the last
  /// @param facts what groups have left, such as the ceiling
  /// @param clean whether no owner of before can still be answering readers: the last that did has
  ///   closed its epoch, and so has every one since (true for a new partition)
  /// @param highestVersion the highest version stored in, or pruned from, the partition; 0 if none
  record Opened(long epoch, Map<String, byte[]> facts, boolean clean, long highestVersion) {}

  /// How much is read at once.
  ///
  /// @param bytes of bodies in all, about; one event is read whatever its size
  record Most(int events, long bytes) {

    public static Most of(int events) {
      return new Most(events, Long.MAX_VALUE);
    }
  }

  /// @param horizon at least the highest version ever pruned from the collection; if it is above
  ///   the position asked for, `events` is empty and the position has expired
  /// @param complete whether there was nothing behind the last event; if as many were read as were
  ///   asked for, that is not known, and false
  record Tail(List<EventRecord> events, long horizon, boolean complete) {

    /// Of a position that has expired, or of nothing.
    public static Tail empty(long horizon) {
      return new Tail(List.of(), horizon, true);
    }

    /// As many of these events as fit.
    public static Tail of(Iterator<EventRecord> events, long horizon, Most most) {
      var taken = new ArrayList<EventRecord>();
      long bytes = 0;
      while (events.hasNext()) {
        if (taken.size() == most.events()) {
          return new Tail(taken, horizon, false);
        }
        var event = events.next();
        bytes += event.body().length;
        if (bytes > most.bytes() && !taken.isEmpty()) {
          return new Tail(taken, horizon, false);
        }
        taken.add(event);
      }
      return new Tail(taken, horizon, taken.size() < most.events());
    }
  }

  /// What may be forgotten, per collection.
  record Retention(Rule standard, Map<TypeRef, Rule> byCollection) {

    /// As the kinds of a registry want it.
    public static Retention of(ResourceRegistry registry) {
      return new Retention(
          Rule.of(HistoryLimit.LONG),
          registry.all().stream()
              .collect(
                  Collectors.toMap(ResourceType::ref, type -> Rule.of(type.kind().history()))));
    }

    public Retention {
      byCollection = Map.copyOf(byCollection);
    }

    public Rule of(TypeRef collection) {
      return byCollection.getOrDefault(collection, standard);
    }
  }

  /// @param age events whose version is older may go: all of a deleted resource, and of a living
  ///   one those beyond the newest `perResource`
  record Rule(Duration age, int perResource) {

    /// How long a tombstone stays at least.
    public static final Duration TOMBSTONE = Duration.ofHours(1);

    private static Rule of(HistoryLimit history) {
      return new Rule(history.age(), history.changes());
    }

    public Rule {
      if (age.isNegative() || perResource < 1) {
        throw new IllegalArgumentException("a retention rule keeps at least one event: " + age);
      }
    }
  }
}

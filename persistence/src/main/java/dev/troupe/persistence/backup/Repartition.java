package dev.troupe.persistence.backup;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.persistence.format.ArchivedEntry;
import dev.troupe.persistence.format.ArchivedEntry.Event;
import dev.troupe.persistence.format.LogEntry.CollectionState;
import dev.troupe.persistence.format.LogEntry.PartitionState;
import dev.troupe.runtime.collection.logic.OwnerFact;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.version.CeilingFacts;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What becomes of the entries of a store when one of its collections gets another number of
/// partitions. Used once.
///
/// Versions of the collection go on above all that anybody can have seen of it, and whoever follows
/// it has to list again. Each of its partitions inherits what must hold for all: the highest epoch,
/// the closed namespaces, and that somebody may not have closed the one of before; not who that
/// was, as none of them is a partition that he served.
public final class Repartition {

  private final TypeRef type;
  private final int partitions;
  private final Function<ResourceKey, PartitionId> placement;
  private final Map<String, byte[]> facts = new HashMap<>();
  private long floor;
  private long epoch;
  private boolean unclean;
  private boolean opened;
  private int before;

  /// @param placement where each object of the collection belongs from now on
  /// @param incarnation says above which version nobody can have seen anything
  public Repartition(
      TypeRef type,
      int partitions,
      Function<ResourceKey, PartitionId> placement,
      NewIncarnation incarnation) {
    this.type = type;
    this.partitions = partitions;
    this.placement = placement;
    this.floor = incarnation.floor();
  }

  /// @param entries of the whole store
  public Stream<ArchivedEntry> adapt(Stream<ArchivedEntry> entries) {
    // What is told of the collection comes when all of its partitions have been seen.
    return Stream.concat(
        entries.flatMap(this::adapt), Stream.of(this).flatMap(Repartition::collection));
  }

  /// How many partitions the collection had, once all entries have been adapted; 0 if there was no
  /// such collection.
  public int before() {
    return before;
  }

  private Stream<ArchivedEntry> adapt(ArchivedEntry entry) {
    return switch (entry) {
      case Event(var event) when isOf(event.partition()) -> Stream.of(new Event(moved(event)));
      case PartitionState state when isOf(state.partition()) -> {
        take(state);
        yield Stream.empty();
      }
      case CollectionState state when state.collection().equals(type) -> {
        before = state.partitions();
        floor = Math.max(floor, state.horizon());
        yield Stream.empty();
      }
      case Event _, PartitionState _, CollectionState _ -> Stream.of(entry);
    };
  }

  private boolean isOf(PartitionId partition) {
    return partition.collection().equals(type);
  }

  private EventRecord moved(EventRecord event) {
    return new EventRecord(
        placement.apply(event.key()),
        event.epoch(),
        event.version(),
        event.previousVersion(),
        event.sequence(),
        event.type(),
        event.key(),
        event.uid(),
        event.body(),
        event.previousLabels(),
        event.previousFields(),
        event.cause(),
        event.mutationKey(),
        event.timeMillis());
  }

  private void take(PartitionState state) {
    opened = true;
    epoch = Math.max(epoch, state.epoch());
    unclean |= state.open() || state.unclean();
    floor = Math.max(floor, state.highestVersion());
    floor = Math.max(floor, CeilingFacts.highest(state.facts()));
    state
        .facts()
        .forEach((name, value) -> {
          if (!CeilingFacts.is(name) && !OwnerFact.is(name)) {
            facts.put(name, value);
          }
        });
  }

  private Stream<ArchivedEntry> collection() {
    var collection = new CollectionState(type, partitions, floor);
    var states =
        opened
            ? IntStream.range(0, partitions).mapToObj(this::state)
            : Stream.<PartitionState>empty();
    return Stream.concat(Stream.of(collection), states);
  }

  /// The epoch is above all before: who has not heard of the change appends to none.
  private PartitionState state(int number) {
    return new PartitionState(
        new PartitionId(type, number), epoch + 1, false, unclean, floor, Map.copyOf(facts));
  }
}

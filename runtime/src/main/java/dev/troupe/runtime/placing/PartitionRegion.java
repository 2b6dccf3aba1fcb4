package dev.troupe.runtime.placing;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.collection.CollectionPartition;
import dev.troupe.runtime.collection.PartitionRoom;
import dev.troupe.runtime.collection.Placement;
import dev.troupe.runtime.collection.protocol.PartitionMessage;
import dev.troupe.runtime.collection.whereabouts.Here;
import dev.troupe.runtime.collection.whereabouts.PartitionDirectory;
import dev.troupe.runtime.store.PartitionId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.Cluster;

/// The partitions of a member, as sharding gives them to it and takes them away.
public final class PartitionRegion {

  private static final Duration KEEP = Duration.ofMillis(200);

  private final EvenRegion<PartitionMessage> region;

  private PartitionRegion(EvenRegion<PartitionMessage> region) {
    this.region = region;
  }

  /// Begins to hold partitions, and to see to it that each is held.
  ///
  /// @param placement which partitions there are, and of which types this member has heard
  /// @param rooms of every collection that this member knows
  /// @param announces whether another member has said that it knows a type
  /// @param departures of the members
  public static PartitionRegion start(
      ActorSystem<?> system,
      Placement placement,
      PartitionDirectory directory,
      Function<TypeRef, Optional<PartitionRoom>> rooms,
      BiPredicate<Address, TypeRef> announces,
      Departures departures) {
    var self = Cluster.get(Adapter.toClassic(system)).selfAddress();
    system.systemActorOf(
        Behaviors.supervise(Undelivered.create()).onFailure(SupervisorStrategy.resume()),
        "undelivered",
        Props.empty());
    var placed =
        new EvenRegion.Placed<>(
            PartitionMessage.class,
            "partition",
            id -> partition(id, rooms),
            new PartitionMessage.Wake(),
            new PartitionMessage.Leave(),
            KEEP);
    var known =
        new EvenRegion.Known<>(
            () -> directory.missing(placement.all()),
            () -> directory.all().stream().map(Here::ref).toList());
    return new PartitionRegion(
        EvenRegion.start(
            system,
            placed,
            known,
            (member, type) ->
                member.equals(self) ? placement.has(type) : announces.test(member, type),
            departures));
  }

  /// One of a type that this member does not know ends at once: it is woken again for as long as
  /// somebody wants it, and until then the definition may have come.
  private static Behavior<PartitionMessage> partition(
      PartitionId id, Function<TypeRef, Optional<PartitionRoom>> rooms) {
    return rooms
        .apply(id.collection())
        .map(room -> CollectionPartition.create(id, room, () -> rooms.apply(id.collection())))
        .orElseGet(Behaviors::stopped);
  }

  /// Wakes nothing any more, also when another member asks for it, and lets the partitions that are
  /// here finish what they have to do: each is handed over as soon as it is closed. Completes when
  /// they are gone.
  public CompletionStage<Done> leave() {
    return region.leave();
  }

  /// Wakes nothing any more, and ends the partitions that are here, whatever they are doing: others
  /// have them, or will.
  public CompletionStage<Done> abandon() {
    return region.abandon();
  }
}

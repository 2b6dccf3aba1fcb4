package dev.troupe.runtime.placing;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.collection.CollectionPartition;
import dev.troupe.runtime.collection.PartitionRoom;
import dev.troupe.runtime.collection.protocol.PartitionMessage;
import dev.troupe.runtime.collection.whereabouts.PartitionDirectory;
import dev.troupe.runtime.store.PartitionId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiPredicate;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/// The partitions of a member, as sharding gives them to it and takes them away.
public final class PartitionRegion {

  private static final EntityTypeKey<PartitionMessage> PARTITIONS =
      EntityTypeKey.create(PartitionMessage.class, "partition");

  private final ActorSystem<?> system;
  private final PartitionDirectory directory;
  private final ActorRef<Keeper.Command> keeper;
  private final AtomicBoolean leaving;

  private PartitionRegion(
      ActorSystem<?> system,
      PartitionDirectory directory,
      ActorRef<Keeper.Command> keeper,
      AtomicBoolean leaving) {
    this.system = system;
    this.directory = directory;
    this.keeper = keeper;
    this.leaving = leaving;
  }

  /// Begins to hold partitions, and to see to it that each is held.
  ///
  /// @param all of the cluster
  /// @param rooms of every collection
  /// @param announces whether another member has said that it knows a type
  public static PartitionRegion start(
      ActorSystem<?> system,
      List<PartitionId> all,
      PartitionDirectory directory,
      Map<TypeRef, PartitionRoom> rooms,
      BiPredicate<Address, TypeRef> announces) {
    var cluster = Cluster.get(Adapter.toClassic(system));
    var leaving = new AtomicBoolean();
    var region =
        ClusterSharding.get(system)
            .init(
                Entity.of(
                        PARTITIONS,
                        context ->
                            leaving.get()
                                ? Behaviors.stopped()
                                : partition(context.getEntityId(), rooms))
                    .withMessageExtractor(new PartitionExtractor())
                    .withAllocationStrategy(
                        new EvenAllocation(
                            cluster,
                            (member, type) ->
                                member.equals(cluster.selfAddress())
                                    ? rooms.containsKey(type)
                                    : announces.test(member, type)))
                    .withStopMessage(new PartitionMessage.Leave()));
    return new PartitionRegion(system, directory, keeper(system, all, directory, region), leaving);
  }

  private static Behavior<PartitionMessage> partition(
      String entity, Map<TypeRef, PartitionRoom> rooms) {
    var id = PartitionId.parse(entity);
    var room = rooms.get(id.collection());
    if (room == null) {
      throw new IllegalArgumentException("there is no collection for partition " + id);
    }
    return CollectionPartition.create(id, room);
  }

  private static ActorRef<Keeper.Command> keeper(
      ActorSystem<?> system,
      List<PartitionId> all,
      PartitionDirectory directory,
      ActorRef<ShardingEnvelope<PartitionMessage>> region) {
    return system.systemActorOf(
        Behaviors.supervise(Keeper.create(all, directory, region))
            .onFailure(SupervisorStrategy.restart()),
        "keeper",
        Props.empty());
  }

  /// Wakes nothing any more, also when another member asks for it, and lets the partitions that are
  /// here finish what they have to do. Completes when they are gone.
  public CompletionStage<Done> leave() {
    leaving.set(true);
    var stopped = new CompletableFuture<Done>();
    keeper.tell(new Keeper.Stop(() -> stopped.complete(Done.getInstance())));
    return stopped.thenCompose(_ -> leaveAll());
  }

  private CompletionStage<Done> leaveAll() {
    var gone =
        directory.all().stream()
            .map(local -> PartitionLeave.of(system, local.ref()))
            .toArray(CompletableFuture[]::new);
    return CompletableFuture.allOf(gone).thenApply(_ -> Done.getInstance());
  }
}

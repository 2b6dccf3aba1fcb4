package dev.troupe.runtime.placing;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.store.PartitionId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Supplier;
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
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.sharding.ShardRegion;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.pattern.Patterns;

/// What sharding gives to a member and takes away from it: each of a list is at one member, spread
/// evenly, and awake. When a member leaves, each is handed over as soon as it has finished: a slow
/// one keeps no other.
public final class EvenRegion<M> {

  /// How long sharding may take to hand everything over. Then what is still here ends all the same,
  /// and is placed when the member has gone.
  private static final Duration HAND_OVER = Duration.ofSeconds(10);

  private static final Duration END = Duration.ofSeconds(20);

  /// How long it may take to hand over a few at a time, before the rest is handed over at once.
  private static final Duration DEPART = Duration.ofSeconds(8);

  private static final Duration LOOK = Duration.ofMillis(20);

  /// What is placed.
  ///
  /// @param name by which members know it, for ever
  /// @param behavior of one that is placed here
  /// @param wake means nothing to one that is awake; crosses members
  /// @param stop lets one finish what it has to do, and end
  /// @param keep between two looks at what is missing
  public record Placed<M>(
      Class<M> protocol,
      String name,
      Function<PartitionId, Behavior<M>> behavior,
      M wake,
      M stop,
      Duration keep) {}

  /// What this member knows of where each is.
  ///
  /// @param missing of which nobody knows where they are
  /// @param here that are at this member
  public record Known<M>(
      Supplier<List<PartitionId>> missing, Supplier<Collection<ActorRef<M>>> here) {}

  private final ActorSystem<?> system;
  private final Placed<M> placed;
  private final Known<M> known;
  private final Departures departures;
  private final AtomicBoolean leaving = new AtomicBoolean();
  private final ActorRef<Keeper.Command> keeper;

  private EvenRegion(
      ActorSystem<?> system,
      Placed<M> placed,
      Known<M> known,
      BiPredicate<Address, TypeRef> announces,
      Departures departures) {
    this.system = system;
    this.placed = placed;
    this.known = known;
    this.departures = departures;
    this.keeper = keeper(region(announces));
  }

  /// Begins to hold some of them, and to see to it that each is held.
  ///
  /// @param announces whether a member has said that it knows a type
  /// @param departures of the members
  public static <M> EvenRegion<M> start(
      ActorSystem<?> system,
      Placed<M> placed,
      Known<M> known,
      BiPredicate<Address, TypeRef> announces,
      Departures departures) {
    return new EvenRegion<>(system, placed, known, announces, departures);
  }

  private ActorRef<ShardingEnvelope<M>> region(BiPredicate<Address, TypeRef> announces) {
    return ClusterSharding.get(system)
        .init(
            Entity.of(
                    EntityTypeKey.create(placed.protocol(), placed.name()),
                    context -> begun(context.getEntityId()))
                .withMessageExtractor(new OneForEach<>())
                .withAllocationStrategy(
                    new EvenAllocation(
                        cluster(),
                        placed.name(),
                        announces,
                        departures.departs(),
                        System::nanoTime))
                .withStopMessage(placed.stop()));
  }

  private Behavior<M> begun(String entity) {
    return leaving.get() ? Behaviors.stopped() : placed.behavior().apply(PartitionId.parse(entity));
  }

  private ActorRef<Keeper.Command> keeper(ActorRef<ShardingEnvelope<M>> region) {
    return system.systemActorOf(
        Behaviors.supervise(
                Keeper.create(
                    placed.keep(),
                    () -> isIn() ? known.missing().get() : List.of(),
                    id -> region.tell(new ShardingEnvelope<>(id.toString(), placed.wake()))))
            .onFailure(SupervisorStrategy.restart()),
        placed.name() + "-keeper",
        Props.empty());
  }

  private Cluster cluster() {
    return Cluster.get(Adapter.toClassic(system));
  }

  /// Wakes nothing any more, also when another member asks for it, and hands over what is here: a
  /// few at a time, as none shall wait for all the others. Completes when it is gone.
  public CompletionStage<Done> leave() {
    departures.announce().run();
    return wakeNoMore()
        .thenCompose(_ -> depart((int) DEPART.dividedBy(LOOK)))
        .thenCompose(_ -> handOver())
        .thenCompose(_ -> endAll());
  }

  /// Waits while the coordinator takes from this member what it has.
  private CompletionStage<Done> depart(int looks) {
    return looks == 0 || isOut() || known.here().get().isEmpty() || !isAnybodyStaying()
        ? CompletableFuture.completedStage(Done.getInstance())
        : CompletableFuture.supplyAsync(() -> looks - 1, later()).thenCompose(this::depart);
  }

  private boolean isAnybodyStaying() {
    return departures.isAnybodyStaying().getAsBoolean();
  }

  private Executor later() {
    return CompletableFuture.delayedExecutor(
        LOOK.toMillis(), TimeUnit.MILLISECONDS, system.executionContext()::execute);
  }

  /// Wakes nothing any more, and ends what is here, whatever it is doing: others have it, or will.
  public CompletionStage<Done> abandon() {
    return wakeNoMore()
        .thenApply(done -> {
          var actors = Adapter.toClassic(system);
          known.here().get().forEach(one -> actors.stop(Adapter.toClassic(one)));
          return done;
        });
  }

  private CompletionStage<Done> wakeNoMore() {
    leaving.set(true);
    var stopped = new CompletableFuture<Done>();
    keeper.tell(new Keeper.Stop(() -> stopped.complete(Done.getInstance())));
    return stopped;
  }

  /// Sharding tells each to stop, and places it anew when it has.
  private CompletionStage<Done> handOver() {
    var region =
        org.apache.pekko.cluster.sharding.ClusterSharding.get(Adapter.toClassic(system))
            .shardRegion(placed.name());
    boolean isOut = isOut();
    if (isOut) {
      // It would wait for a coordinator to say goodbye to.
      Adapter.toClassic(system).stop(region);
    }
    if (isOut || known.here().get().isEmpty()) {
      return CompletableFuture.completedStage(Done.getInstance());
    }
    return Patterns.gracefulStop(region, HAND_OVER, ShardRegion.gracefulShutdownInstance())
        .handle((_, failure) -> {
          if (failure != null) {
            system.log().warn("{} is not handed over in time", placed.name());
          }
          return Done.getInstance();
        });
  }

  /// Before it is in the cluster there is nobody to ask: what it said would wait, and fill a
  /// buffer.
  private boolean isIn() {
    return cluster().selfMember().status().equals(MemberStatus.up());
  }

  /// Whether the cluster gives it nothing, and takes nothing from it.
  private boolean isOut() {
    var status = cluster().selfMember().status();
    return cluster().isTerminated()
        || status.equals(MemberStatus.down())
        || status.equals(MemberStatus.removed());
  }

  private CompletionStage<Done> endAll() {
    var gone =
        known.here().get().stream()
            .map(one -> Patterns.gracefulStop(Adapter.toClassic(one), END, placed.stop()))
            .map(ending -> ending.exceptionally(_ -> false).toCompletableFuture())
            .toArray(CompletableFuture[]::new);
    return CompletableFuture.allOf(gone).thenApply(_ -> Done.getInstance());
  }
}

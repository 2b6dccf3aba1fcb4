package dev.troupe.runtime.controller;

import dev.troupe.api.controller.CollectionController;
import dev.troupe.api.controller.Controller;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.controller.logic.CollectionHostLogic;
import dev.troupe.runtime.controller.logic.HostLogic;
import dev.troupe.runtime.controller.logic.ObjectHostLogic;
import dev.troupe.runtime.controller.logic.state.BackOff;
import dev.troupe.runtime.controller.recall.LogRecall;
import dev.troupe.runtime.controller.view.Decoder;
import dev.troupe.runtime.controller.view.Types;
import dev.troupe.runtime.controller.work.Workroom;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.StoreSetup;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.ShardingMessageExtractor;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/// Runs controllers: one sharded [ControllerHost] for each, on whichever member it is placed.
public final class Controllers {

  private static final EntityTypeKey<ControllerHost.Command> HOSTS =
      EntityTypeKey.create(ControllerHost.Command.class, "controllers");

  /// How often a host is told to run, in case its member was lost.
  private static final Duration KEEP = Duration.ofSeconds(2);

  private static final Duration STOP = Duration.ofSeconds(5);
  private static final Duration REPORT = Duration.ofSeconds(2);

  /// All pods of a large rollout should fit: where they do not, each look at them decodes them all.
  private static final int MOST_DECODED = 32_000;

  /// Of the heap a thirty-second part as JSON: decoded objects take several times as much.
  private static final int HEAP_PER_DECODED = 32;

  private static final Duration DECODED_UNUSED = Duration.ofMinutes(1);

  private final ActorSystem<?> system;
  private final ActorRef<ShardingEnvelope<ControllerHost.Command>> region;
  private final Map<String, HostSetup> hosts;
  private final Cancellable keeper;

  private Controllers(
      ActorSystem<?> system,
      ActorRef<ShardingEnvelope<ControllerHost.Command>> region,
      Map<String, HostSetup> hosts) {
    this.system = system;
    this.region = region;
    this.hosts = hosts;
    this.keeper =
        system
            .scheduler()
            .scheduleWithFixedDelay(Duration.ZERO, KEEP, this::ping, system.executionContext());
  }

  /// Starts all controllers of a registration. The event store and the open epochs are those of the
  /// system's [StoreSetup].
  ///
  /// @param workers where controllers reconcile; bounded, and of platform threads, as reconciling
  ///   is computing
  /// @param random safe for several threads
  /// @throws IllegalArgumentException if a controller names a type that is not served, or two have
  ///   the same name, or other members use the store as well
  public static Controllers start(
      ActorSystem<?> system,
      ControllerRegistration registration,
      Resources resources,
      ResourceRegistry registry,
      Executor workers,
      InstantSource time,
      RandomGenerator random,
      HostSettings settings) {
    if (StoreSetup.of(Adapter.toClassic(system)).isShared()) {
      // Hosts know no other members yet: one that leaves would stop those of all.
      throw new IllegalArgumentException(
          "controllers run on a member that is alone, and only there");
    }
    var hosts = hosts(system, registration, resources, registry, workers, time, random, settings);
    var region =
        ClusterSharding.get(system)
            .init(
                Entity.of(
                        HOSTS, context -> ControllerHost.create(host(hosts, context.getEntityId())))
                    .withMessageExtractor(new ByPartition())
                    .withStopMessage(new ControllerHost.Stop(null)));
    var controllers = new Controllers(system, region, hosts);
    CoordinatedShutdown.get(system)
        .addTask(CoordinatedShutdown.PhaseServiceStop(), "controllers-stop", controllers::stop);
    return controllers;
  }

  private static Map<String, HostSetup> hosts(
      ActorSystem<?> system,
      ControllerRegistration registration,
      Resources resources,
      ResourceRegistry registry,
      Executor workers,
      InstantSource time,
      RandomGenerator random,
      HostSettings settings) {
    var store = StoreSetup.of(Adapter.toClassic(system));
    var workroom = new Workroom(workers, time, settings.deadline());
    var recall = new LogRecall(store.store(), registry);
    var hosts = new LinkedHashMap<String, HostSetup>();
    logics(registration, registry, time)
        .forEach(logic -> {
          var name = logic.get().profile().controller();
          var partition = new PartitionId(new TypeRef(PartitionId.CONTROLLERS, name), 0);
          hosts.put(
              partition.toString(),
              new HostSetup(
                  partition,
                  registration.revision(),
                  logic,
                  resources,
                  store.store(),
                  recall,
                  store.epochs(),
                  workroom,
                  registration.activities(),
                  time,
                  random,
                  settings));
        });
    return hosts;
  }

  private static Collection<Supplier<HostLogic>> logics(
      ControllerRegistration registration, ResourceRegistry registry, InstantSource time) {
    var types = new Types(registry);
    long decoded = Runtime.getRuntime().maxMemory() / HEAP_PER_DECODED;
    var decoder = new Decoder(new Decoder.Limits(MOST_DECODED, decoded, DECODED_UNUSED), time);
    var logics = new LinkedHashMap<String, Supplier<HostLogic>>();
    registration.controllers().forEach(one -> add(logics, one.name(), logic(one, types, decoder)));
    registration
        .collectionControllers()
        .forEach(one -> add(logics, one.name(), logic(one, types, decoder)));
    return logics.values();
  }

  private static <R extends HasMetadata> Supplier<HostLogic> logic(
      Controller<R> controller, Types types, Decoder decoder) {
    return () -> new ObjectHostLogic<>(controller, types, decoder, BackOff.STANDARD);
  }

  private static <S> Supplier<HostLogic> logic(
      CollectionController<S> controller, Types types, Decoder decoder) {
    return () -> new CollectionHostLogic<>(controller, types, decoder, BackOff.STANDARD);
  }

  private static void add(
      Map<String, Supplier<HostLogic>> logics, String name, Supplier<HostLogic> logic) {
    if (logics.put(name, logic) != null) {
      throw new IllegalArgumentException("two controllers are named " + name);
    }
  }

  private static HostSetup host(Map<String, HostSetup> hosts, String id) {
    var host = hosts.get(id);
    if (host == null) {
      throw new IllegalArgumentException("no controller is registered for " + id);
    }
    return host;
  }

  private void ping() {
    hosts
        .keySet()
        .forEach(id -> region.tell(new ShardingEnvelope<>(id, new ControllerHost.Ping())));
  }

  /// How each controller is doing, ordered by name.
  public CompletionStage<List<HostReport>> reports() {
    var asked =
        hosts.entrySet().stream()
            .map(host -> report(host.getKey(), host.getValue().partition()))
            .toList();
    return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
        .thenApply(_ ->
            asked.stream()
                .map(CompletableFuture::join)
                .sorted(Comparator.comparing(HostReport::controller))
                .toList());
  }

  private CompletableFuture<HostReport> report(String id, PartitionId partition) {
    return AskPattern.<ShardingEnvelope<ControllerHost.Command>, HostReport>ask(
            region,
            replyTo -> new ShardingEnvelope<>(id, new ControllerHost.Report(replyTo)),
            REPORT,
            system.scheduler())
        .exceptionally(_ -> HostReport.unknown(partition.collection().plural()))
        .toCompletableFuture();
  }

  /// Ends all hosts cleanly. Done by itself when the member stops, before its partitions leave.
  public CompletionStage<Done> stop() {
    keeper.cancel();
    CompletionStage<Done> done = CompletableFuture.completedStage(Done.getInstance());
    for (var id : hosts.keySet()) {
      CompletionStage<Done> one =
          AskPattern.<ShardingEnvelope<ControllerHost.Command>, Done>ask(
                  region,
                  replyTo -> new ShardingEnvelope<>(id, new ControllerHost.Stop(replyTo)),
                  STOP,
                  system.scheduler())
              .exceptionally(_ -> Done.getInstance());
      done = done.thenCombine(one, (_, ended) -> ended);
    }
    return done;
  }

  /// One shard for each host.
  private static final class ByPartition
      extends ShardingMessageExtractor<
          ShardingEnvelope<ControllerHost.Command>, ControllerHost.Command> {

    @Override
    public String entityId(ShardingEnvelope<ControllerHost.Command> message) {
      return message.entityId();
    }

    @Override
    public String shardId(String entityId) {
      return entityId;
    }

    @Override
    public ControllerHost.Command unwrapMessage(ShardingEnvelope<ControllerHost.Command> message) {
      return message.message();
    }
  }
}

package dev.troupe.runtime.member;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.codec.index.IndexEntryReader;
import dev.troupe.resources.mutation.Mutator;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.resources.registry.ResourceType;
import dev.troupe.runtime.admission.Admission;
import dev.troupe.runtime.collection.CollectionPartition;
import dev.troupe.runtime.collection.PartitionDirectory;
import dev.troupe.runtime.collection.PartitionReport;
import dev.troupe.runtime.collection.PartitionRoom;
import dev.troupe.runtime.collection.Placement;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.collection.protocol.PartitionMessage;
import dev.troupe.runtime.controller.HostReport;
import dev.troupe.runtime.handover.Handover;
import dev.troupe.runtime.relay.Relays;
import dev.troupe.runtime.resource.logic.ResourceLogic;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.OpenEpochs;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.StoreSetup;
import dev.troupe.runtime.version.SteadyClock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.setup.Setup;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;

/// This JVM's part in the cluster: its actor system, the partitions that it holds, and the way in
/// to all resources. At this stage it is a cluster of its own.
public final class Member implements AutoCloseable {

  private static final String NAME = "troupe";

  /// Sharding would stop partitions in the middle of their work: they leave before it is told.
  private static final String BEFORE_SHARDING = CoordinatedShutdown.PhaseBeforeClusterShutdown();

  private static final EntityTypeKey<PartitionMessage> PARTITIONS =
      EntityTypeKey.create(PartitionMessage.class, "partition");

  private final ActorSystem<Void> system;
  private final PartitionDirectory directory;
  private final ActorRef<Keeper.Command> keeper;
  private final OpenEpochs epochs;
  private final Handover handover = new Handover();
  private final InstantSource time;
  private final Placement placement;
  private final Resources resources;
  private final CompletionStage<Void> ready;
  private final MemberEnd ending;

  /// Starts the actor system and all partitions; [#ready()] tells when they serve.
  ///
  /// @param config what differs from the reference configuration
  /// @param store is used until the member has stopped, and not closed by it
  /// @param more what else the actor system is set up with, such as the TLS of its remoting
  public static Member start(
      Config config, ResourceRegistry registry, Mutator mutator, EventStore store, Setup... more) {
    return new Member(complete(config), registry, mutator, store, more);
  }

  /// System properties come first, references last.
  private static Config complete(Config config) {
    return ConfigFactory.defaultOverrides()
        .withFallback(config)
        .withFallback(ConfigFactory.parseResources(Member.class, "pekko.conf"))
        .withFallback(ConfigFactory.defaultReference())
        .resolve();
  }

  private Member(
      Config config, ResourceRegistry registry, Mutator mutator, EventStore store, Setup... more) {
    var settings = RuntimeSettings.from(config);
    time = new SteadyClock(InstantSource.system(), System::nanoTime);
    directory = new PartitionDirectory();
    epochs = new OpenEpochs();
    placement = settings.partitions().placement(registry, store);
    system =
        ActorSystem.create(
            Behaviors.empty(),
            NAME,
            ActorSystemSetup.create(more)
                .withSetup(BootstrapSetup.create(config))
                .withSetup(new StoreSetup(store, epochs)));
    var cluster = Cluster.get(system);
    cluster.manager().tell(Join.create(cluster.selfMember().address()));
    var region = shard(rooms(registry, mutator, store, settings));
    keeper =
        system.systemActorOf(
            Behaviors.supervise(Keeper.create(placement.all(), directory, region))
                .onFailure(SupervisorStrategy.restart()),
            "keeper",
            Props.empty());
    resources =
        Admission.standard(
            reach(registry, store),
            registry,
            mutator,
            () -> ThreadLocalRandom.current().nextLong(),
            () -> UUID.randomUUID().toString());
    ready = whenServing(settings.startPatience());
    ending = new MemberEnd(system);
    leaveBeforeSharding();
  }

  private MemberResources reach(ResourceRegistry registry, EventStore store) {
    var threads = system.executionContext();
    var relays = relays(registry, store);
    var reached =
        new MemberResources(
            registry, placement, directory, relays, time, handover, threads, store::isCurrent);
    var often = MemberResources.ANSWER_LATE_EVERY;
    var _ = system.scheduler().scheduleWithFixedDelay(often, often, reached::answerLate, threads);
    return reached;
  }

  private Map<TypeRef, PartitionRoom> rooms(
      ResourceRegistry registry, Mutator mutator, EventStore store, RuntimeSettings settings) {
    return registry.all().stream()
        .filter(ResourceType::stored)
        .collect(
            Collectors.toMap(
                ResourceType::ref,
                type ->
                    new PartitionRoom(
                        type,
                        new ResourceLogic(type, mutator, settings.maxObjectBytes()),
                        settings.partition(),
                        store,
                        handover,
                        directory,
                        time,
                        () -> ThreadLocalRandom.current().nextDouble())));
  }

  private ActorRef<ShardingEnvelope<PartitionMessage>> shard(Map<TypeRef, PartitionRoom> rooms) {
    return ClusterSharding.get(system)
        .init(
            Entity.of(PARTITIONS, context -> partition(context.getEntityId(), rooms))
                .withMessageExtractor(new PartitionExtractor())
                .withStopMessage(new PartitionMessage.Leave()));
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

  private Relays relays(ResourceRegistry registry, EventStore store) {
    var spawner =
        new Relays.Spawner() {
          @Override
          public <T> ActorRef<T> spawn(Behavior<T> behavior, String name) {
            return system.systemActorOf(behavior, name, Props.empty());
          }
        };
    return new Relays(
        spawner,
        collection ->
            IndexEntryReader.of(
                registry
                    .find(collection)
                    .orElseThrow(() ->
                        new IllegalArgumentException("there is no collection " + collection))),
        placement,
        store,
        directory);
  }

  private CompletionStage<Void> whenServing(Duration patience) {
    var serving =
        placement.all().stream()
            .map(directory::find)
            .map(CompletionStage::toCompletableFuture)
            .map(found -> found.thenCompose(this::whenServing))
            .toArray(CompletableFuture[]::new);
    return CompletableFuture.allOf(serving).orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  private CompletionStage<Void> whenServing(PartitionDirectory.Local local) {
    var serving = new CompletableFuture<Void>();
    local.ref().tell(new PartitionMessage.Ask(0, _ -> serving.complete(null)));
    return serving;
  }

  private void leaveBeforeSharding() {
    CoordinatedShutdown.get(system)
        .addTask(
            BEFORE_SHARDING,
            "partitions-leave",
            () -> {
              var stopped = new CompletableFuture<Done>();
              keeper.tell(new Keeper.Stop(() -> stopped.complete(Done.getInstance())));
              return stopped.thenCompose(_ -> leaveAll());
            });
  }

  private CompletionStage<Done> leaveAll() {
    var gone = directory.all().stream().map(this::leave).toArray(CompletableFuture[]::new);
    return CompletableFuture.allOf(gone).thenApply(_ -> Done.getInstance());
  }

  private CompletableFuture<Done> leave(PartitionDirectory.Local partition) {
    return PartitionLeave.of(system, partition.ref());
  }

  /// Completes when every partition serves; fails if that takes too long.
  public CompletionStage<Void> ready() {
    return ready;
  }

  public Resources resources() {
    return resources;
  }

  /// Which partitions there are.
  public List<PartitionId> partitions() {
    return placement.all();
  }

  /// Who takes part and who holds which partition, as this member sees it now.
  ///
  /// @param controllers how those are doing
  public Overview overview(List<HostReport> controllers) {
    var cluster = Cluster.get(system);
    var members =
        StreamSupport.stream(cluster.state().getMembers().spliterator(), false)
            .map(member ->
                new Overview.MemberReport(
                    text(member.address()), member.status().toString().toLowerCase(Locale.ROOT)))
            .toList();
    var here = text(cluster.selfMember().address());
    return new Overview(here, members, partitionReports(here), controllers);
  }

  private List<PartitionReport> partitionReports(String here) {
    var local =
        directory.all().stream()
            .collect(Collectors.toMap(PartitionDirectory.Local::id, Function.identity()));
    return placement.all().stream()
        .map(id -> {
          var found = local.get(id);
          return found == null ? PartitionReport.unknown(id) : found.report(here);
        })
        .toList();
  }

  private static String text(Address address) {
    return address.getHost().orElse("") + address.getPort().map(port -> ":" + port).orElse("");
  }

  /// The clock of everything that has to do with versions.
  public InstantSource time() {
    return time;
  }

  /// Where those that open partitions of their own tell what these know of their actors.
  public OpenEpochs epochs() {
    return epochs;
  }

  public ActorSystem<Void> system() {
    return system;
  }

  /// Completes when the member begins to stop, for whatever reason: by [#close], or because a part
  /// that it cannot be without has failed.
  public CompletionStage<Void> ending() {
    return ending.begun();
  }

  /// Completes when the member has stopped, and what its actors said is in the log: Pekko's own
  /// words go by an actor, the last that stops.
  public CompletionStage<Void> ended() {
    return ending.over();
  }

  /// Lets the partitions finish what they have to do and close their epochs, and stops. Returns
  /// when that is done.
  @Override
  public void close() {
    CoordinatedShutdown.get(Adapter.toClassic(system))
        .runAll(CoordinatedShutdown.actorSystemTerminateReason())
        .toCompletableFuture()
        .join();
  }
}

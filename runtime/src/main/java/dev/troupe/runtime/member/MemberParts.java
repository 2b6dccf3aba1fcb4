package dev.troupe.runtime.member;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.codec.index.IndexEntryReader;
import dev.troupe.resources.mutation.Mutator;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.resources.registry.ResourceType;
import dev.troupe.runtime.admission.Admission;
import dev.troupe.runtime.collection.PartitionRoom;
import dev.troupe.runtime.collection.Placement;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.collection.SeenVersions;
import dev.troupe.runtime.collection.reading.PartitionReader;
import dev.troupe.runtime.collection.reading.PastStates;
import dev.troupe.runtime.collection.whereabouts.Freshness;
import dev.troupe.runtime.collection.whereabouts.HostFence;
import dev.troupe.runtime.collection.whereabouts.PartitionDirectory;
import dev.troupe.runtime.collection.whereabouts.TracedWrites;
import dev.troupe.runtime.definition.Definitions;
import dev.troupe.runtime.fight.FightWatch;
import dev.troupe.runtime.gateway.GatewayParts;
import dev.troupe.runtime.gateway.bulk.ServedLists;
import dev.troupe.runtime.gateway.logic.Acquaintances;
import dev.troupe.runtime.gateway.report.GuestBook;
import dev.troupe.runtime.gateway.report.Reports;
import dev.troupe.runtime.handover.Handover;
import dev.troupe.runtime.journal.Journal;
import dev.troupe.runtime.lease.LeaseBoard;
import dev.troupe.runtime.lease.LeaseQueue;
import dev.troupe.runtime.measure.MemberMeasures;
import dev.troupe.runtime.nearby.Nearby;
import dev.troupe.runtime.relay.Relays;
import dev.troupe.runtime.resource.Deadlines;
import dev.troupe.runtime.resource.logic.ResourceLogic;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.trace.Traces;
import dev.troupe.runtime.trace.TracesSetup;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.cluster.typed.Cluster;
import org.jspecify.annotations.Nullable;

/// What the parts of a member share, and how they are made of it.
///
/// @param time the clock of everything that has to do with versions
record MemberParts(
    RuntimeSettings settings,
    ResourceRegistry registry,
    Mutator mutator,
    EventStore store,
    Placement placement,
    InstantSource time,
    PartitionDirectory directory,
    Handover handover,
    SeenVersions seen,
    Freshness freshness,
    HostFence hosts,
    MemberMeasures measures) {

  static MemberParts of(
      RuntimeSettings settings,
      ResourceRegistry registry,
      Mutator mutator,
      EventStore store,
      Placement placement,
      InstantSource time,
      PartitionDirectory directory,
      LeaseBoard board,
      MemberMeasures measures) {
    return new MemberParts(
        settings,
        registry,
        mutator,
        store,
        placement,
        time,
        directory,
        new Handover(),
        new SeenVersions(placement),
        new Freshness(board),
        new HostFence(board),
        measures);
  }

  /// Before a write is sent again to a partition that has moved.
  private static final long BEFORE_AGAIN_MILLIS = 20;

  private static final Duration LOOK_NEARBY_EVERY = Duration.ofSeconds(1);

  /// What the partitions of a collection need; nothing of one that there is not, or of which this
  /// member has not heard yet.
  ///
  /// @param leases null if this member is alone
  /// @param resources the way in for what is noticed of writes
  Function<TypeRef, Optional<PartitionRoom>> rooms(
      ActorSystem<?> system,
      @Nullable LeaseQueue leases,
      Definitions definitions,
      Resources resources) {
    var traces = TracesSetup.of(system);
    var fights =
        new FightWatch(Journal.of(store), registry, resources, time, system.executionContext());
    return type ->
        registry
            .find(type)
            .filter(ResourceType::stored)
            .map(known -> room(known, () -> definitions.uid(type), leases, traces, fights));
  }

  /// By which type a member tells that it can hold another: whoever knows definitions can hold what
  /// they define.
  TypeRef announced(TypeRef type) {
    return registry.builtIn().find(type).isPresent() ? type : Definitions.COLLECTION;
  }

  /// What has defined types served.
  Definitions definitions(ActorSystem<?> system, Resources resources, Relays relays) {
    return new Definitions(
        registry,
        new MemberCollections(settings.partitions(), store, placement, directory, relays),
        resources,
        system.executionContext(),
        system.dispatchers().lookup(DispatcherSelector.blocking()));
  }

  private PartitionRoom room(
      ResourceType type,
      Supplier<String> definition,
      @Nullable LeaseQueue leases,
      Traces traces,
      FightWatch fights) {
    return new PartitionRoom(
        type,
        definition,
        new ResourceLogic(type, mutator, settings.maxObjectBytes()),
        settings.partition(),
        store,
        handover,
        directory,
        leases,
        time,
        () -> ThreadLocalRandom.current().nextDouble(),
        measures,
        traces,
        fights);
  }

  /// Who reads the partitions that are here.
  PartitionReader reader(ActorSystem<?> system) {
    var threads = system.executionContext();
    return new PartitionReader(
        directory, new PastStates(store, this::reader, time, threads), threads);
  }

  /// What speaks to other members.
  GatewayParts gateway(
      ActorSystem<?> system,
      Acquaintances acquaintances,
      PartitionReader reader,
      Reports reports,
      GuestBook guests) {
    var threads = system.executionContext();
    long first = Cluster.get(system).selfMember().uniqueAddress().longUid() & Integer.MAX_VALUE;
    return new GatewayParts(
        acquaintances,
        directory,
        reader,
        freshness,
        hosts,
        seen,
        handover,
        time,
        settings.maxObjectBytes(),
        threads,
        new ServedLists(reader, freshness, seen, time, threads, first),
        reports,
        guests,
        measures,
        new TracedWrites(TracesSetup.of(system)));
  }

  /// The way in, for everybody.
  ///
  /// @param mayMove whether partitions can be elsewhere
  Resources resources(
      ActorSystem<?> system, PartitionReader reader, Relays relays, boolean mayMove) {
    var reached = reach(system, reader, relays, mayMove);
    return Admission.standard(
        reached,
        mayMove ? nearby(system, reached) : Nearby.NOTHING,
        registry,
        mutator,
        () -> ThreadLocalRandom.current().nextLong(),
        () -> UUID.randomUUID().toString());
  }

  /// What admission asks for on nearly every write.
  private Nearby nearby(ActorSystem<?> system, MemberResources reached) {
    var nearby =
        Nearby.of(
            Admission.consulted(registry),
            reached,
            reached::isHere,
            reached::newest,
            time,
            freshness::holds);
    var threads = system.executionContext();
    var _ =
        system
            .scheduler()
            .scheduleWithFixedDelay(Duration.ZERO, LOOK_NEARBY_EVERY, nearby::look, threads);
    return nearby;
  }

  private MemberResources reach(
      ActorSystem<?> system, PartitionReader reader, Relays relays, boolean mayMove) {
    var threads = system.executionContext();
    var later =
        CompletableFuture.delayedExecutor(BEFORE_AGAIN_MILLIS, TimeUnit.MILLISECONDS, threads);
    var ways =
        new Errand.Ways(
            directory,
            seen,
            freshness,
            hosts,
            handover,
            new Deadlines(),
            new TracedWrites(TracesSetup.of(system)),
            threads,
            mayMove ? later : null);
    var reached = new MemberResources(registry, placement, reader, relays, time, ways);
    var often = MemberResources.ANSWER_LATE_EVERY;
    var _ = system.scheduler().scheduleWithFixedDelay(often, often, reached::answerLate, threads);
    return reached;
  }

  /// Those who feed watches.
  Relays relays(ActorSystem<?> system) {
    var spawner =
        new Relays.Spawner() {
          @Override
          public <T> ActorRef<T> spawn(Behavior<T> behavior, String name) {
            return system.systemActorOf(behavior, name, Props.empty());
          }

          @Override
          public void stop(ActorRef<?> actor) {
            Adapter.toClassic(system).stop(Adapter.toClassic(actor));
          }
        };
    return new Relays(spawner, this::reader, placement, store, directory);
  }

  private IndexEntryReader reader(TypeRef collection) {
    return IndexEntryReader.of(
        registry
            .find(collection)
            .orElseThrow(
                () -> new IllegalArgumentException("there is no collection " + collection)));
  }
}

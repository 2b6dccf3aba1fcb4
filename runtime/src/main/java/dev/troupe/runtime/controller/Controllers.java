package dev.troupe.runtime.controller;

import dev.troupe.api.controller.CollectionController;
import dev.troupe.api.controller.Controller;
import dev.troupe.api.controller.settings.ControllerSettings;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.controller.logic.CollectionHostLogic;
import dev.troupe.runtime.controller.logic.HostLogic;
import dev.troupe.runtime.controller.logic.ObjectHostLogic;
import dev.troupe.runtime.controller.recall.LogRecall;
import dev.troupe.runtime.controller.view.Decoder;
import dev.troupe.runtime.controller.view.Types;
import dev.troupe.runtime.controller.work.Workroom;
import dev.troupe.runtime.measure.Figure;
import dev.troupe.runtime.measure.Trail;
import dev.troupe.runtime.placing.EvenRegion;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.StoreSetup;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// Runs controllers: one sharded [ControllerHost] for each, on whichever member it is placed. Hosts
/// are spread evenly over the members of a cluster, and taken over when one is gone.
public final class Controllers {

  /// How often is looked for hosts of which nobody knows where they are.
  private static final Duration KEEP = Duration.ofMillis(500);

  /// A host that is busy for longer is shown as one that says nothing.
  private static final Duration REPORT = Duration.ofMillis(300);

  /// All pods of a large rollout should fit: where they do not, each look at them decodes them all.
  private static final int MOST_DECODED = 32_000;

  /// Of the heap a thirty-second part as JSON: decoded objects take several times as much.
  private static final int HEAP_PER_DECODED = 32;

  /// Of a second.
  private static final double MILLIS = 1_000;

  private static final Duration DECODED_UNUSED = Duration.ofMinutes(1);

  private final HostPlaces places;
  private final Map<PartitionId, HostSetup> hosts;
  private final Map<PartitionId, ActorRef<ControllerHost.Command>> here;
  private final Map<PartitionId, Followings> followings;
  private final InstantSource time;
  private final EvenRegion<ControllerHost.Command> region;

  private Controllers(
      HostPlaces places,
      Map<PartitionId, HostSetup> hosts,
      Map<PartitionId, ActorRef<ControllerHost.Command>> here,
      Map<PartitionId, Followings> followings,
      InstantSource time) {
    this.places = places;
    this.time = time;
    this.hosts = hosts;
    this.here = here;
    this.followings = followings;
    this.region =
        EvenRegion.start(
            places.system(),
            new EvenRegion.Placed<>(
                ControllerHost.Command.class,
                "controllers",
                this::host,
                new ControllerHost.Ping(),
                new ControllerHost.Stop(),
                KEEP),
            new EvenRegion.Known<>(
                () -> places.missing(hosts.keySet()), () -> List.copyOf(here.values())),
            (_, _) -> true,
            places.departures());
  }

  /// Starts all controllers of a registration. The event store and the open epochs are those of the
  /// system's [StoreSetup].
  ///
  /// @param places of the member
  /// @param workers where controllers reconcile; bounded, and of platform threads, as reconciling
  ///   is computing
  /// @param random safe for several threads
  /// @throws IllegalArgumentException if a controller names a type that is not served, or two have
  ///   the same name
  public static Controllers start(
      HostPlaces places,
      ControllerRegistration registration,
      Resources resources,
      ResourceRegistry registry,
      Executor workers,
      InstantSource time,
      RandomGenerator random,
      HostSettings settings) {
    var here = new ConcurrentHashMap<PartitionId, ActorRef<ControllerHost.Command>>();
    var followings = new ConcurrentHashMap<PartitionId, Followings>();
    var hosts =
        hosts(
            places,
            here,
            followings,
            registration,
            resources,
            registry,
            workers,
            time,
            random,
            settings);
    var controllers = new Controllers(places, hosts, here, followings, time);
    places.answerBy(controllers::reportHere);
    CoordinatedShutdown.get(places.system())
        .addTask(CoordinatedShutdown.PhaseServiceStop(), "controllers-stop", controllers::stop);
    return controllers;
  }

  private static Map<PartitionId, HostSetup> hosts(
      HostPlaces places,
      Map<PartitionId, ActorRef<ControllerHost.Command>> here,
      Map<PartitionId, Followings> followings,
      ControllerRegistration registration,
      Resources resources,
      ResourceRegistry registry,
      Executor workers,
      InstantSource time,
      RandomGenerator random,
      HostSettings settings) {
    var store = StoreSetup.of(Adapter.toClassic(places.system()));
    var workroom = new Workroom(workers, time);
    var hosts = new LinkedHashMap<PartitionId, HostSetup>();
    logics(registration, registry, time)
        .forEach((name, tuned) -> {
          var partition = partition(name);
          hosts.put(
              partition,
              new HostSetup(
                  partition,
                  registration.revision(),
                  tuned.logic,
                  tuned.logic.get().followed(),
                  registration.gate(),
                  places,
                  here,
                  followings,
                  resources,
                  store.store(),
                  new LogRecall(store.store(), registry),
                  store.epochs(),
                  workroom.desk(tuned.settings),
                  registration.activities(),
                  time,
                  random,
                  settings));
        });
    return hosts;
  }

  private static PartitionId partition(String controller) {
    return new PartitionId(new TypeRef(PartitionId.CONTROLLERS, controller), 0);
  }

  /// A controller as it is configured.
  private record Tuned(Supplier<HostLogic> logic, ControllerSettings settings) {}

  private static Map<String, Tuned> logics(
      ControllerRegistration registration, ResourceRegistry registry, InstantSource time) {
    var types = new Types(registry);
    long decoded = Runtime.getRuntime().maxMemory() / HEAP_PER_DECODED;
    var decoder = new Decoder(new Decoder.Limits(MOST_DECODED, decoded, DECODED_UNUSED), time);
    var tuning = registration.tuning();
    var logics = new LinkedHashMap<String, Tuned>();
    for (var one : registration.controllers()) {
      var settings = tuning.of(one.name(), one.settings());
      add(logics, one.name(), new Tuned(logic(one, types, decoder, settings), settings));
    }
    for (var one : registration.collectionControllers()) {
      var settings = tuning.of(one.name(), one.settings());
      add(logics, one.name(), new Tuned(logic(one, types, decoder, settings), settings));
    }
    return logics;
  }

  private static <R extends HasMetadata> Supplier<HostLogic> logic(
      Controller<R> controller, Types types, Decoder decoder, ControllerSettings settings) {
    return () -> new ObjectHostLogic<>(controller, types, decoder, settings);
  }

  private static <S> Supplier<HostLogic> logic(
      CollectionController<S> controller,
      Types types,
      Decoder decoder,
      ControllerSettings settings) {
    return () -> new CollectionHostLogic<>(controller, types, decoder, settings);
  }

  private static void add(Map<String, Tuned> logics, String name, Tuned tuned) {
    if (logics.put(name, tuned) != null) {
      throw new IllegalArgumentException("two controllers are named " + name);
    }
  }

  /// Another release may have controllers that this one does not know: they run elsewhere, or when
  /// all are of that release.
  private Behavior<ControllerHost.Command> host(PartitionId id) {
    var host = hosts.get(id);
    if (host == null) {
      places.system().log().warn("no controller is registered for {}", id);
      return Behaviors.stopped();
    }
    return ControllerHost.create(host);
  }

  /// The names of all controllers, in order; each runs at one member.
  public List<String> names() {
    return hosts.keySet().stream().map(host -> host.collection().plural()).sorted().toList();
  }

  /// How each controller is doing, ordered by name.
  public CompletionStage<List<HostReport>> reports() {
    var asked = hosts.keySet().stream().map(this::report).toList();
    return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
        .thenApply(_ ->
            asked.stream()
                .map(CompletableFuture::join)
                .sorted(Comparator.comparing(HostReport::controller))
                .toList());
  }

  private CompletableFuture<HostReport> report(PartitionId host) {
    var local = here.get(host);
    return (local == null ? places.ask(host) : ask(host, local))
        .exceptionally(_ -> HostReport.unknown(host.collection().plural()))
        .toCompletableFuture();
  }

  /// One that is busy is known to be here.
  private CompletionStage<HostReport> ask(
      PartitionId host, ActorRef<ControllerHost.Command> local) {
    var system = places.system();
    CompletionStage<HostReport> asked =
        AskPattern.ask(local, ControllerHost.Report::new, REPORT, system.scheduler());
    return asked
        .exceptionally(
            _ -> HostReport.notOpen(host.collection().plural(), HostReport.address(system)))
        .thenApply(report -> report.with(behind(host), time.millis()));
  }

  private Trail.Behind behind(PartitionId host) {
    var known = followings.get(host);
    return known == null ? Trail.Behind.NOTHING : known.behind();
  }

  /// How far the hosts of this member are behind.
  public List<Figure> figures() {
    long now = time.millis();
    return List.of(
        figure(
            "troupe_controller_behind_changes",
            "Changes that are at this member and that the host of a controller has not looked at",
            Trail.Behind::changes),
        figure(
            "troupe_controller_behind_seconds",
            "How long the first of them has been there",
            behind -> behind.millis(now) / MILLIS));
  }

  private Figure figure(String name, String help, ToDoubleFunction<Trail.Behind> value) {
    var samples =
        followings.keySet().stream()
            .map(host ->
                new Figure.Sample(
                    Map.of("controller", host.collection().plural()),
                    value.applyAsDouble(behind(host))))
            .toList();
    return new Figure.Level(name, help, samples);
  }

  /// Asked by another member.
  private CompletionStage<HostReport> reportHere(String controller) {
    var local = here.get(partition(controller));
    return local == null
        ? CompletableFuture.completedStage(HostReport.unknown(controller))
        : ask(partition(controller), local);
  }

  /// Ends the hosts of this member: each is handed over as soon as it has finished what it does.
  /// Done by itself when the member stops, before its partitions leave.
  public CompletionStage<Done> stop() {
    return places.mayFinish() ? region.leave() : region.abandon();
  }
}

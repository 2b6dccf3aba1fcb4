package dev.troupe.clusterconfig.assembly;

import dev.troupe.api.extension.Extension;
import dev.troupe.apiserver.health.HealthCheck;
import dev.troupe.apiserver.server.ApiServer;
import dev.troupe.apiserver.server.ApiServerSettings;
import dev.troupe.apiserver.server.ServerSurroundings;
import dev.troupe.clusterconfig.certificates.MemberCertificates;
import dev.troupe.clusterconfig.configuration.WrongConfigurationException;
import dev.troupe.clusterconfig.engine.OpenStore;
import dev.troupe.clusterconfig.furnishing.ObjectWrites;
import dev.troupe.clusterconfig.furnishing.OwnKinds;
import dev.troupe.clusterconfig.furnishing.Upkeep;
import dev.troupe.clusterconfig.member.MemberFailedException;
import dev.troupe.clusterconfig.member.RunningMember;
import dev.troupe.clusterconfig.trace.TraceExport;
import dev.troupe.controllers.simulation.log.SimulatedPodLogs;
import dev.troupe.persistence.backup.Backups;
import dev.troupe.resources.mutation.decision.StandardMutator;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.runtime.controller.Controllers;
import dev.troupe.runtime.failure.Failures;
import dev.troupe.runtime.journal.Journal;
import dev.troupe.runtime.measure.Figure;
import dev.troupe.runtime.member.Member;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.trace.Traces;
import dev.troupe.runtime.trace.TracesSetup;
import java.net.BindException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.pekko.remote.artery.tcp.SSLEngineProviderSetup;

/// What every member is made of, one part after the other; they stop the other way round.
final class AssembledMember implements RunningMember {

  private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

  /// Enough to log why the actors end, and to do it properly; what is acknowledged is stored.
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private static final String STOPPED = "it was stopped while it started";

  private static final Duration PRUNE_PAUSE = Duration.ofMinutes(1);
  private static final Duration KINDS_PAUSE = Duration.ofSeconds(1);

  private final StopOrder parts = new StopOrder(STOP_PATIENCE);
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final Circumstances around;
  private final Extension extension;
  private final InstantSource clock = InstantSource.system();
  private final ScheduledExecutorService logReaders =
      Executors.newScheduledThreadPool(2, Thread.ofPlatform().name("logs-", 0).daemon().factory());
  private final ExecutorService workers =
      Executors.newFixedThreadPool(
          Math.max(2, Runtime.getRuntime().availableProcessors()),
          Thread.ofPlatform().name("reconcile-", 0).daemon().factory());
  private final Map<String, LongSupplier> counters = new HashMap<>();
  private volatile boolean furnished;
  private volatile boolean stopping;
  private int port;

  private AssembledMember(Circumstances around, Extension extension) {
    this.around = around;
    this.extension = extension;
  }

  /// Loads what every member begins with: for a thread beside the one that reads the command.
  static void prepare() {
    ApiServer.prepare();
    StandardMutator.standard();
    LoneProfile.complete();
  }

  /// Returns when the API is ready.
  ///
  /// @param begins gets the member before it has done anything: from then on it can be stopped
  /// @throws MemberFailedException if it cannot start
  static RunningMember start(
      Circumstances around, Extension extension, Consumer<RunningMember> begins) {
    var member = new AssembledMember(around, extension);
    begins.accept(member);
    try {
      member.start();
      return member;
    } catch (RuntimeException e) {
      // Of what it lacked nothing is known any more when it has stopped.
      var explained = member.explained(e);
      member.stop();
      throw explained;
    }
  }

  private void start() {
    Thread.ofPlatform().name("preparation").daemon().start(ApiServer::prepare);
    var registry = ResourceRegistry.standard();
    var mutator = StandardMutator.of(registry);
    var traces = openTraces();
    var tuning = around.tuning();
    var store = openStore(registry);
    var member = startActors(registry, mutator, store, traces);
    var kinds = OwnKinds.of(extension);
    var told = new ClusterControllers.Told(around.certificates().authorityPem(), tuning);
    var controllers = ClusterControllers.start(member, registry, told, extension, kinds, workers);
    var place = around.place();
    var server =
        unlessEnded(
            ApiServer.start(
                ApiServerSettings.of(place.host(), place.port(), tls(around.certificates())),
                surroundings(registry, store, member, controllers, traces)),
            ended);
    push("API", server::stop);
    port = server.port();
    var writes = new ObjectWrites(member.resources(), member.time(), AssembledMember::uid);
    furnish(around.upkeep(writes, member, port));
    define(kinds, writes, member, registry);
  }

  /// Whoever is told that it serves finds the kinds that it brings along, unless something keeps
  /// them from being served.
  private void define(
      OwnKinds kinds, ObjectWrites writes, Member member, ResourceRegistry registry) {
    if (!kinds.isEmpty()) {
      unlessEnded(kinds.begin(writes, member.lateTypes(), registry), ended);
      var again = Chore.start("kinds", KINDS_PAUSE, () -> kinds.install(writes));
      push("kinds", () -> CompletableFuture.runAsync(again::close));
    }
  }

  private void furnish(Upkeep upkeep) {
    unlessEnded(upkeep.begin(), ended);
    furnished = true;
    var keeping = Chore.start("upkeep", around.upkeepPause(), upkeep::keep);
    push(
        "first objects",
        () -> CompletableFuture.runAsync(keeping::close).thenCompose(_ -> upkeep.end()));
  }

  private Member startActors(
      ResourceRegistry registry, StandardMutator mutator, OpenStore store, Traces traces) {
    var member = beginActors(registry, mutator, store, traces);
    member.ending().thenRun(() -> actorsEnd(member));
    unlessEnded(member.ready(), ended);
    requireStarting();
    return member;
  }

  /// Not beside a stop: whoever may be in a cluster leaves it.
  private synchronized Member beginActors(
      ResourceRegistry registry, StandardMutator mutator, OpenStore store, Traces traces) {
    requireStarting();
    var member =
        around.startActors(
            registry,
            mutator,
            store,
            SSLEngineProviderSetup.create(
                _ -> new MemberTls(around.certificates(), around::refused)),
            new TracesSetup(traces));
    push("actor system", () -> CompletableFuture.runAsync(member::close));
    return member;
  }

  /// A part that has come while the member was stopped goes at once.
  private synchronized void push(String name, Supplier<CompletionStage<?>> stop) {
    parts.push(name, stop);
    if (stopping) {
      parts.stopAll();
    }
    requireStarting();
  }

  private void requireStarting() {
    if (stopping) {
      throw new CancellationException(STOPPED);
    }
  }

  private ServerSurroundings surroundings(
      ResourceRegistry registry,
      OpenStore store,
      Member member,
      Controllers controllers,
      Traces traces) {
    return new ServerSurroundings(
        registry,
        member.lateTypes(),
        member.resources(),
        new SimulatedPodLogs(new PodReader(member.resources()), member.time(), logReaders),
        member.time(),
        AssembledMember::uid,
        () -> ThreadLocalRandom.current().nextLong(),
        Journal.of(store.events()),
        controllers.names(),
        checks(around.checks(member, store)),
        () -> member.wholeOverview(controllers.reports()),
        out -> Backups.write(store.archive(), out),
        counters,
        () -> figures(store.figures(), member, controllers),
        traces);
  }

  /// All that is measured of a member, but what its API server counts.
  static List<Figure> figures(
      Supplier<List<Figure>> store, Member member, Controllers controllers) {
    return Stream.of(store.get(), member.figures(), controllers.figures())
        .flatMap(List::stream)
        .toList();
  }

  /// What records and sends spans is loaded only if it is to do so. It stops last.
  private Traces openTraces() {
    var settings = around.traces();
    var endpoint = settings.endpoint();
    if (endpoint == null) {
      return Traces.OFF;
    }
    var export = TraceExport.to(endpoint, settings.ratio(), around.name());
    push("traces", () -> CompletableFuture.runAsync(export::close));
    counters.put("troupe_trace_spans_lost_total", export::lost);
    return export.traces();
  }

  private OpenStore openStore(ResourceRegistry registry) {
    var store = around.openStore(clock, this::endedByItself).measured(System::nanoTime);
    counters.putAll(store.counters());
    push("event store", () -> CompletableFuture.runAsync(store::close));
    var pruning =
        Chore.start(
            "prune", PRUNE_PAUSE, () -> store.events().prune(EventStore.Retention.of(registry)));
    push("pruning", () -> CompletableFuture.runAsync(pruning::close));
    return store;
  }

  private List<HealthCheck> checks(List<HealthCheck> others) {
    var checks = new ArrayList<HealthCheck>();
    checks.add(new HealthCheck("first-objects", false, this::missingFirstObjects));
    checks.addAll(others);
    return checks;
  }

  private Optional<String> missingFirstObjects() {
    return furnished ? Optional.empty() : Optional.of("the first objects are not there yet");
  }

  /// That they ended is said last, or not at all: their log has the reason, and that may be one to
  /// end the process for.
  private void actorsEnd(Member member) {
    var _ =
        member
            .ended()
            .toCompletableFuture()
            .copy()
            .completeOnTimeout(null, LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)
            .thenRun(() ->
                endedByItself(
                    member
                        .failure()
                        .orElseGet(() -> new IllegalStateException("its actors ended"))));
  }

  private void endedByItself(Exception reason) {
    if (!stopping) {
      ended.completeExceptionally(
          around.explained(reason).<Exception>map(known -> known).orElse(reason));
    }
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public CompletionStage<Void> ended() {
    return ended;
  }

  @Override
  public synchronized void stop() {
    stopping = true;
    parts.stopAll();
    workers.shutdown();
    logReaders.shutdownNow();
    ended.complete(null);
  }

  private RuntimeException explained(RuntimeException problem) {
    var cause = Failures.cause(problem);
    var known = around.explained(cause);
    if (known.isPresent()) {
      return known.get();
    }
    return switch (cause) {
      case MemberFailedException failed -> failed;
      case WrongConfigurationException wrong -> wrong;
      case BindException _ -> new MemberFailedException(around.place().taken(), cause);
      default -> new MemberFailedException("cannot start: " + cause.getMessage(), cause);
    };
  }

  private static ApiServerSettings.Tls tls(MemberCertificates certificates) {
    return new ApiServerSettings.Tls(
        certificates.server().certificatePem(),
        certificates.server().keyPem(),
        certificates.authorityPem());
  }

  private static String uid() {
    return UUID.randomUUID().toString();
  }

  /// Waits for a step of the start, but no longer than what it depends on is there.
  ///
  /// @throws CompletionException with what the step failed with, or what the end was about
  /// @throws CancellationException if it was stopped
  static <T> T unlessEnded(CompletionStage<T> step, CompletableFuture<Void> ended) {
    var result = step.toCompletableFuture();
    CompletableFuture.anyOf(result, ended).handle((_, _) -> true).join();
    if (ended.isCompletedExceptionally()) {
      throw new CompletionException(ended.exceptionNow());
    }
    if (ended.isDone()) {
      throw new CancellationException(STOPPED);
    }
    return result.join();
  }
}

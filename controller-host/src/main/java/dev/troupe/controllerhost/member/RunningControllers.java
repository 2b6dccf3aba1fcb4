package dev.troupe.controllerhost.member;

import com.typesafe.config.ConfigFactory;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.controllerhost.collection.RemoteResources;
import dev.troupe.controllerhost.collection.WatchTerms;
import dev.troupe.controllerhost.connection.ApiConnection;
import dev.troupe.controllerhost.type.RemoteTypes;
import dev.troupe.resources.mutation.decision.StandardMutator;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.runtime.controller.ControllerRegistration;
import dev.troupe.runtime.controller.Controllers;
import dev.troupe.runtime.controller.HostReport;
import dev.troupe.runtime.controller.HostSettings;
import dev.troupe.runtime.controller.platform.PlatformActivities;
import dev.troupe.runtime.controller.work.Activities;
import dev.troupe.runtime.member.Member;
import dev.troupe.runtime.store.EventStore;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Controllers that run here, until they are closed or their store is lost.
public final class RunningControllers implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RunningControllers.class);
  private static final Duration PRUNE = Duration.ofMinutes(1);

  private final ApiConnection connection;
  private final EventStore store;
  private final Member member;
  private final ExecutorService workers;
  private final ScheduledExecutorService chores;
  private final Controllers controllers;
  private final CompletableFuture<Void> ended;
  private final AtomicBoolean closed = new AtomicBoolean();

  private RunningControllers(
      ApiConnection connection,
      EventStore store,
      Member member,
      ExecutorService workers,
      ScheduledExecutorService chores,
      Controllers controllers,
      CompletableFuture<Void> ended) {
    this.connection = connection;
    this.store = store;
    this.member = member;
    this.workers = workers;
    this.chores = chores;
    this.controllers = controllers;
    this.ended = ended;
  }

  static RunningControllers start(
      TroupeControllers told, io.fabric8.kubernetes.client.Config server) {
    var named = new LinkedHashSet<>(told.others());
    told.named().forEach(types -> named.addAll(types.all()));
    var types = RemoteTypes.of(named);
    var connection = ApiConnection.of(server, told.limits(), System::nanoTime);
    try {
      var followed = new HashSet<>(types.apiVersions().keySet());
      told.others().forEach(other -> followed.remove(TypeRef.of(other)));
      new KindInstallation(connection).install(told.installed());
      new Preflight(connection, types, told.namespace()).check(followed);
      return start(told, types, connection);
    } catch (RuntimeException failure) {
      connection.close();
      throw failure;
    }
  }

  private static RunningControllers start(
      TroupeControllers told, RemoteTypes types, ApiConnection connection) {
    var ended = new CompletableFuture<Void>();
    var profile = ConfigFactory.parseResources("controller-host.conf");
    var store = told.openStore(ConfigFactory.load(profile), ended::completeExceptionally);
    // There are no collections here: the member is there for the hosts of controllers alone.
    var nothing = new ResourceRegistry(List.of());
    var member = Member.start(profile, nothing, StandardMutator.of(nothing), store);
    await(member);
    var workers =
        Executors.newFixedThreadPool(
            told.workers(), Thread.ofPlatform().name("reconcile-", 0).daemon().factory());
    var chores =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("prune").daemon().factory());
    var resources =
        new RemoteResources(
            types,
            connection,
            told.namespace(),
            WatchTerms.STANDARD,
            System::nanoTime,
            () -> ThreadLocalRandom.current().nextLong());
    var running =
        new RunningControllers(
            connection,
            store,
            member,
            workers,
            chores,
            controllers(told, types, member, workers, resources),
            ended);
    running.begin();
    return running;
  }

  private static void await(Member member) {
    try {
      member.ready().toCompletableFuture().join();
    } catch (CompletionException failure) {
      member.close();
      throw new CannotRunException("the actors do not start: " + failure.getCause(), failure);
    }
  }

  /// Whatever runs here anew looks at everything once: of what has happened meanwhile there is no
  /// log.
  private static Controllers controllers(
      TroupeControllers told,
      RemoteTypes types,
      Member member,
      ExecutorService workers,
      RemoteResources resources) {
    var platform = new PlatformActivities(resources, types.registry(), member.time());
    return Controllers.start(
        member.hosts(),
        new ControllerRegistration(
            told.controllers(),
            told.collectionControllers(),
            told.completing(new Activities(platform)),
            UUID.randomUUID().toString()),
        resources,
        types.registry(),
        workers,
        member.time(),
        () -> ThreadLocalRandom.current().nextLong(),
        HostSettings.DEFAULT);
  }

  private void begin() {
    var _ =
        chores.scheduleWithFixedDelay(
            this::prune, PRUNE.toSeconds(), PRUNE.toSeconds(), TimeUnit.SECONDS);
    member
        .ending()
        .thenRun(() ->
            member
                .failure()
                .ifPresentOrElse(ended::completeExceptionally, () -> ended.complete(null)));
    var _ =
        ended.whenComplete((_, failure) -> {
          if (failure != null) {
            LOG.error("controllers end: {}", failure.getMessage());
            Thread.ofPlatform().name("controllers-end").start(this::close);
          }
        });
    LOG.info("{} run against {}", String.join(", ", controllers.names()), connection.server());
  }

  private void prune() {
    store
        .prune(EventStore.Retention.of(new ResourceRegistry(List.of())))
        .exceptionally(failure -> {
          LOG.warn("what is no longer needed stays in the journal: {}", failure.toString());
          return null;
        });
  }

  /// How each controller is doing, ordered by name.
  public CompletionStage<List<HostReport>> reports() {
    return controllers.reports();
  }

  /// Completes when they have ended: because they were closed, or, with the reason, because they
  /// cannot go on.
  public CompletionStage<Void> ended() {
    return ended;
  }

  /// Lets them finish what they have begun, and stops. What is left is done by the next who runs on
  /// the same data.
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    member.close();
    chores.shutdownNow();
    workers.shutdown();
    store.close();
    connection.close();
    ended.complete(null);
  }
}

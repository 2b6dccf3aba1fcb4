package dev.troupe.runtime.controller;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.collection.WatchItem;
import dev.troupe.runtime.collection.logic.OwnerFact;
import dev.troupe.runtime.controller.logic.host.DecisionClock;
import dev.troupe.runtime.controller.logic.host.HostEffect;
import dev.troupe.runtime.controller.logic.host.HostMessage;
import dev.troupe.runtime.controller.logic.state.HostPosition;
import dev.troupe.runtime.controller.logic.state.PositionFormat;
import dev.troupe.runtime.failure.Failures;
import dev.troupe.runtime.lease.LeaseQueue;
import dev.troupe.runtime.placing.Lives;
import dev.troupe.runtime.store.EventStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/// Carries the [HostMachine] of one controller: opens the epoch of its decisions, brings it the
/// collections that it follows, and keeps the actors that it asks for.
///
/// It opens an epoch only under a lease that was asked for since it is here, and begins only when
/// whoever had the controller before writes nothing any more. Whatever ends the epoch ends the
/// host; it begins anew after a pause, and goes on from its position. Only where somebody else has
/// opened a later one it ends for good.
public final class ControllerHost {

  public sealed interface Command {}

  /// Wakes a host that is not running yet. Never answered. The only one that crosses members.
  public record Ping() implements Command {}

  /// Ends the epoch cleanly and stops.
  public record Stop() implements Command {}

  /// Asks how it is doing. Answered at once, unless it is stopping.
  public record Report(ActorRef<HostReport> replyTo) implements Command {}

  record Closed() implements Command {}

  private record Admitted() implements Command {}

  private record Leased() implements Command {}

  private record Opened(EventStore.Opened opened) implements Command {}

  private record Scanned(Epoch epoch) implements Command {}

  /// Somebody has opened a later epoch.
  record Fenced() implements Command {}

  record Broken(String what, Throwable failure) implements Command {}

  record NotListed(TypeRef type, Throwable failure) implements Command {}

  record NotRecalled(HostEffect.Recall asked, Throwable failure) implements Command {}

  /// @param outcome null if it is unknown
  record Kept(EventStore.@Nullable Outcome outcome) implements Command {}

  record Brought(Following following, WatchItem item) implements Command {}

  record FollowingEnded(Following following, @Nullable Throwable failure) implements Command {}

  /// Something for the machine.
  record Told(HostMessage message) implements Command {}

  private static final int STASH = 10_000;

  /// A member that is gone is struck from the roll long before. One that is still there then lives,
  /// and its host has ended: it learns from the store that its epoch is over.
  private static final Duration GUARD_AT_MOST = Duration.ofMinutes(1);

  private static final Lives.Pauses PAUSES =
      new Lives.Pauses(Duration.ofMillis(100), Duration.ofSeconds(10));

  private final ActorContext<Command> context;
  private final TimerScheduler<Command> timers;
  private final StashBuffer<Command> stash;
  private final HostSetup setup;

  /// Is run when there is the lease that is waited for.
  private @Nullable Runnable awaited;

  static Behavior<Command> create(HostSetup setup) {
    var life =
        Behaviors.<Command>setup(context ->
            Behaviors.withTimers(timers ->
                Behaviors.withStash(
                    STASH, stash -> new ControllerHost(context, timers, stash, setup).begin())));
    return Lives.of(life, Command.class, new Stop(), PAUSES, setup.random());
  }

  private ControllerHost(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      StashBuffer<Command> stash,
      HostSetup setup) {
    this.context = context;
    this.timers = timers;
    this.stash = stash;
    this.setup = setup;
  }

  private Behavior<Command> begin() {
    setup.here().put(setup.partition(), context.getSelf());
    context.pipeToSelf(
        setup.gate().opened(setup.controller()),
        (_, failure) -> failure == null ? new Admitted() : broken("gate", failure));
    return Behaviors.receive(Command.class)
        .onMessage(Admitted.class, _ -> lease())
        .onMessage(Leased.class, _ -> open())
        .onMessage(Opened.class, opened -> scan(opened.opened))
        .onMessage(Scanned.class, scanned -> run(scanned.epoch))
        .onMessage(Broken.class, ControllerHost::fail)
        .onMessage(Fenced.class, _ -> Behaviors.stopped())
        .onMessage(Stop.class, _ -> Behaviors.stopped())
        .onMessage(Ping.class, _ -> Behaviors.same())
        .onMessage(Report.class, this::report)
        .onAnyMessage(this::stashed)
        .onSignal(PostStop.class, _ -> ended())
        .build();
  }

  /// At once if this member is alone.
  private CompletableFuture<Done> await(BiConsumer<LeaseQueue, Runnable> wait) {
    var ready = new CompletableFuture<Done>();
    var leases = setup.places().leases();
    if (leases == null) {
      ready.complete(Done.getInstance());
    } else {
      Runnable waiting = () -> ready.complete(Done.getInstance());
      awaited = waiting;
      wait.accept(leases, waiting);
    }
    return ready;
  }

  private Behavior<Command> ended() {
    var leases = setup.places().leases();
    if (leases != null && awaited != null) {
      leases.forget(awaited);
    }
    setup.here().remove(setup.partition(), context.getSelf());
    return Behaviors.same();
  }

  private Behavior<Command> lease() {
    context.pipeToSelf(await(LeaseQueue::awaitLease), (_, _) -> new Leased());
    return Behaviors.same();
  }

  private Behavior<Command> open() {
    context.pipeToSelf(
        setup.store().open(setup.partition()),
        (opened, failure) -> opened != null ? new Opened(opened) : broken("open", failure));
    return Behaviors.same();
  }

  /// The decisions are read while the former host is waited for: nobody stores another before a
  /// later epoch.
  private Behavior<Command> scan(EventStore.Opened opened) {
    var clock =
        new DecisionClock(setup.partition().number(), opened.highestVersion(), setup.time());
    var next = new Epoch(opened.epoch(), clock, position(opened));
    context.pipeToSelf(
        setup
            .store()
            .scan(setup.partition(), Long.MAX_VALUE, next::stored)
            .thenCombine(guarded(opened), (_, _) -> next)
            .thenCompose(_ -> noted(opened)),
        (outcome, failure) -> scanned(next, outcome, failure));
    return Behaviors.same();
  }

  private static Command scanned(
      Epoch next, EventStore.@Nullable Outcome outcome, @Nullable Throwable failure) {
    return switch (outcome) {
      case STORED -> new Scanned(next);
      case FENCED -> new Fenced();
      case DUPLICATE, NO_ROOM, OVERLOADED ->
          broken("note", new IllegalStateException("the store says " + outcome));
      case null -> broken("scan", failure);
    };
  }

  /// What a former host has sent, or still may, is taken nowhere when this completes.
  private CompletionStage<Done> guarded(EventStore.Opened opened) {
    var member = setup.places().member();
    if (member == null || !OwnerFact.mayBeServed(opened, member)) {
      return CompletableFuture.completedStage(Done.getInstance());
    }
    var former = OwnerFact.last(opened);
    return await((queue, ready) -> queue.awaitGuard(former, ready))
        .completeOnTimeout(Done.getInstance(), GUARD_AT_MOST.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Whoever follows must learn against whom to guard, before anything is written.
  private CompletionStage<EventStore.Outcome> noted(EventStore.Opened opened) {
    var facts = OwnerFact.before(opened, setup.places().member());
    if (facts.isEmpty()) {
      return CompletableFuture.completedStage(EventStore.Outcome.STORED);
    }
    var group = new EventStore.Group(setup.partition(), opened.epoch(), List.of(), facts);
    return setup.store().append(List.of(group)).thenApply(List::getFirst);
  }

  private @Nullable HostPosition position(EventStore.Opened opened) {
    var kept = opened.facts().get(PositionFormat.FACT);
    return kept == null
        ? null
        : PositionFormat.decode(kept, setup.revision(), setup.followed()).orElse(null);
  }

  private Behavior<Command> run(Epoch epoch) {
    var running = new RunningHost(context, timers, setup, epoch);
    return stash.unstashAll(running.begin());
  }

  private Behavior<Command> report(Report report) {
    report.replyTo.tell(
        HostReport.notOpen(setup.controller(), HostReport.address(context.getSystem()))
            .because(setup.gate().closedBecause(setup.controller())));
    return Behaviors.same();
  }

  private Behavior<Command> stashed(Command command) {
    stash.stash(command);
    return Behaviors.same();
  }

  static Behavior<Command> fail(Broken broken) {
    throw new IllegalStateException(broken.what + " failed", broken.failure);
  }

  private static Broken broken(String what, @Nullable Throwable failure) {
    return new Broken(what, Failures.cause(failure));
  }
}

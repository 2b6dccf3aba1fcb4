package dev.troupe.runtime.controller;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.collection.WatchItem;
import dev.troupe.runtime.controller.logic.host.DecisionClock;
import dev.troupe.runtime.controller.logic.host.HostEffect;
import dev.troupe.runtime.controller.logic.host.HostMessage;
import dev.troupe.runtime.controller.logic.state.HostPosition;
import dev.troupe.runtime.controller.logic.state.PositionFormat;
import dev.troupe.runtime.store.EventStore;
import java.time.Duration;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/// Carries the [HostMachine] of one controller: opens the epoch of its decisions, brings it the
/// collections that it follows, and keeps the actors that it asks for.
///
/// Whatever ends the epoch ends the host; it begins anew after a pause, and goes on from its
/// position.
public final class ControllerHost {

  public sealed interface Command {}

  /// Wakes a host that is not running yet. Never answered.
  public record Ping() implements Command {}

  /// Ends the epoch cleanly and stops; answered, if there is somebody to answer, when it has ended.
  public record Stop(@Nullable ActorRef<Done> replyTo) implements Command {}

  /// Asks how it is doing. Answered at once, unless it is stopping.
  public record Report(ActorRef<HostReport> replyTo) implements Command {}

  record Closed(@Nullable ActorRef<Done> replyTo) implements Command {}

  private record Opened(EventStore.Opened opened) implements Command {}

  private record Scanned(Epoch epoch) implements Command {}

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

  private final ActorContext<Command> context;
  private final TimerScheduler<Command> timers;
  private final StashBuffer<Command> stash;
  private final HostSetup setup;

  static Behavior<Command> create(HostSetup setup) {
    return Behaviors.supervise(
            Behaviors.<Command>setup(context ->
                Behaviors.withTimers(timers ->
                    Behaviors.withStash(
                        STASH, stash -> new ControllerHost(context, timers, stash, setup).open()))))
        .onFailure(
            SupervisorStrategy.restartWithBackoff(
                Duration.ofMillis(100), Duration.ofSeconds(10), 0.3));
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

  private Behavior<Command> open() {
    context.pipeToSelf(
        setup.store().open(setup.partition()),
        (opened, failure) -> opened != null ? new Opened(opened) : broken("open", failure));
    return Behaviors.receive(Command.class)
        .onMessage(Opened.class, opened -> scan(opened.opened))
        .onMessage(Scanned.class, scanned -> run(scanned.epoch))
        .onMessage(Broken.class, ControllerHost::fail)
        .onMessage(Stop.class, stop -> stopped(stop.replyTo))
        .onMessage(Ping.class, _ -> Behaviors.same())
        .onMessage(Report.class, this::report)
        .onAnyMessage(this::stashed)
        .build();
  }

  private Behavior<Command> scan(EventStore.Opened opened) {
    var clock =
        new DecisionClock(setup.partition().number(), opened.highestVersion(), setup.time());
    var next = new Epoch(opened.epoch(), clock, position(opened));
    context.pipeToSelf(
        setup.store().scan(setup.partition(), Long.MAX_VALUE, next::stored),
        (count, failure) -> count != null ? new Scanned(next) : broken("scan", failure));
    return Behaviors.same();
  }

  private @Nullable HostPosition position(EventStore.Opened opened) {
    var kept = opened.facts().get(PositionFormat.FACT);
    return kept == null
        ? null
        : PositionFormat.decode(kept, setup.revision(), setup.logic().get().followed())
            .orElse(null);
  }

  private Behavior<Command> run(Epoch epoch) {
    var running = new RunningHost(context, timers, setup, epoch);
    return stash.unstashAll(running.begin());
  }

  private Behavior<Command> report(Report report) {
    report.replyTo.tell(
        HostReport.notOpen(setup.controller(), HostReport.address(context.getSystem())));
    return Behaviors.same();
  }

  private Behavior<Command> stashed(Command command) {
    stash.stash(command);
    return Behaviors.same();
  }

  static Behavior<Command> stopped(@Nullable ActorRef<Done> replyTo) {
    if (replyTo != null) {
      replyTo.tell(Done.getInstance());
    }
    return Behaviors.stopped();
  }

  static Behavior<Command> fail(Broken broken) {
    throw new IllegalStateException(broken.what + " failed", broken.failure);
  }

  private static Broken broken(String what, @Nullable Throwable failure) {
    return new Broken(what, Failures.cause(failure));
  }
}

package dev.troupe.runtime.controller;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.collection.PartitionLog;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.collection.reading.ListCursor;
import dev.troupe.runtime.collection.reading.ListQuery;
import dev.troupe.runtime.collection.reading.Pull;
import dev.troupe.runtime.controller.ControllerHost.Command;
import dev.troupe.runtime.controller.logic.HostLogic;
import dev.troupe.runtime.controller.logic.host.HostEffect;
import dev.troupe.runtime.controller.logic.host.HostMachine;
import dev.troupe.runtime.controller.logic.host.HostMessage;
import dev.troupe.runtime.controller.logic.state.HostPosition;
import dev.troupe.runtime.controller.logic.state.PositionFormat;
import dev.troupe.runtime.controller.mirror.Fault;
import dev.troupe.runtime.controller.work.WriteLanes;
import dev.troupe.runtime.controller.work.Writer;
import dev.troupe.runtime.failure.Failures;
import dev.troupe.runtime.resource.HostIdentity;
import dev.troupe.runtime.store.EventStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// A [ControllerHost] whose epoch is open: carries out what its [HostMachine] asks for.
final class RunningHost {

  private static final Duration SWEEP = Duration.ofSeconds(1);
  private static final Duration MARK = Duration.ofSeconds(2);

  /// How long what has been sent is waited for before the epoch is closed.
  private static final Duration ANSWERS = Duration.ofSeconds(3);

  private static final Duration LONGEST_ALARM = Duration.ofDays(1);

  private final ActorContext<Command> context;
  private final TimerScheduler<Command> timers;
  private final HostSetup setup;
  private final PartitionLog log;
  private final Epoch epoch;
  private final HostMachine machine;
  private final ControllerActor.Shared shared;
  private final Map<ResourceKey, ActorRef<ControllerActor.Command>> children = new HashMap<>();
  private final Set<ActorRef<Void>> leaving = new HashSet<>();
  private final Followings followings;

  /// The last position on its way to the store.
  private CompletionStage<List<EventStore.Outcome>> keeping =
      CompletableFuture.completedStage(List.of());

  RunningHost(
      ActorContext<Command> context, TimerScheduler<Command> timers, HostSetup setup, Epoch epoch) {
    this.context = context;
    this.timers = timers;
    this.setup = setup;
    this.log = new PartitionLog(setup.partition());
    this.epoch = epoch;
    this.followings = new Followings(setup, context.getSelf());
    HostLogic logic = setup.logic().get();
    this.machine =
        new HostMachine(
            logic,
            setup.settings().limits(),
            epoch.number(),
            epoch.past(context.getLog()),
            key -> epoch.hasDecided(logic.decisionKey(key)),
            epoch.clock()::last);
    this.shared = new ControllerActor.Shared(setup, logic, epoch, writer(), context.getSelf());
  }

  private Writer writer() {
    var settings = setup.settings();
    var lanes = new WriteLanes(settings.writes());
    var self = new HostIdentity(setup.partition(), epoch.number());
    return new Writer(self, setup.resources(), setup.time(), settings.patience(), lanes);
  }

  Behavior<Command> begin() {
    setup.epochs().add(setup.partition(), epoch.number(), epoch);
    setup.followings().put(setup.partition(), followings);
    var _ = announce();
    timers.startTimerWithFixedDelay(told(new HostMessage.Sweep()), SWEEP);
    timers.startTimerWithFixedDelay(told(new HostMessage.Mark()), MARK);
    context.getSelf().tell(told(new HostMessage.Start()));
    return Behaviors.receive(Command.class)
        .onMessage(ControllerHost.Told.class, told -> on(told.message()))
        .onMessage(ControllerHost.Brought.class, this::brought)
        .onMessage(ControllerHost.FollowingEnded.class, this::followingEnded)
        .onMessage(ControllerHost.NotListed.class, this::notListed)
        .onMessage(ControllerHost.NotRecalled.class, this::notRecalled)
        .onMessage(ControllerHost.Kept.class, this::kept)
        .onMessage(ControllerHost.Broken.class, ControllerHost::fail)
        .onMessage(ControllerHost.Fenced.class, _ -> fenced())
        .onMessage(ControllerHost.Ping.class, _ -> announce())
        .onMessage(ControllerHost.Report.class, this::report)
        .onMessage(ControllerHost.Stop.class, _ -> stop())
        .onSignal(Terminated.class, this::childEnded)
        .onSignal(PostStop.class, _ -> ended())
        .build();
  }

  /// Somebody may not know where it is.
  private Behavior<Command> announce() {
    setup.places().began(setup.partition(), epoch.number());
    return Behaviors.same();
  }

  private static Command told(HostMessage message) {
    return new ControllerHost.Told(message);
  }

  private Behavior<Command> on(HostMessage message) {
    if (message instanceof HostMessage.Sweep) {
      setup.desk().expire();
    }
    for (var effect : machine.on(message, setup.time().millis())) {
      carryOut(effect);
    }
    return Behaviors.same();
  }

  private void carryOut(HostEffect effect) {
    switch (effect) {
      case HostEffect.List(var type) -> list(type);
      case HostEffect.Follow(var type, long version) -> followings.follow(type, version);
      case HostEffect.Recall recall -> recall(recall);
      case HostEffect.Keep(var position) -> keep(position);
      case HostEffect.TellAgain(var what) ->
          timers.startSingleTimer(what, told(what), setup.settings().retry());
      case HostEffect.Spawn spawn -> spawn(spawn);
      case HostEffect.Tell(var key, var message) ->
          child(key).tell(new ControllerActor.Told(message));
      case HostEffect.Dismiss(var key) -> dismiss(key);
      case HostEffect.SetAlarm(long due) -> {
        // However the wall clock may have jumped: Pekko refuses what is too far away.
        long millis = Math.clamp(due - setup.time().millis(), 1, LONGEST_ALARM.toMillis());
        var delay = Duration.ofMillis(millis);
        timers.startSingleTimer("alarm", told(new HostMessage.AlarmRang()), delay);
      }
      case HostEffect.Begun(int objects) ->
          tell(
              "runs, epoch %d, %d decisions, %d objects to look at"
                  .formatted(epoch.number(), epoch.size(), objects));
      case HostEffect.Faulted(Fault(var key, var thrown)) ->
          context
              .getLog()
              .warn("{} failed at {} and goes on without it", setup.partition(), key, thrown);
    }
  }

  private void tell(String what) {
    log.info(context.getLog(), epoch.number(), what);
  }

  // Collections

  private void list(TypeRef type) {
    context.pipeToSelf(
        setup.resources().list(ListQuery.of(type, null)).thenCompose(list -> listed(type, list)),
        (listed, failure) ->
            listed == null
                ? new ControllerHost.NotListed(type, Failures.cause(failure))
                : told(listed));
  }

  /// The host keeps all of it, so that there is nothing to be won by taking it piece by piece.
  private static CompletionStage<HostMessage.Listed> listed(TypeRef type, ListCursor list) {
    return new Pull(list)
        .all(Runnable::run)
        .thenApply(objects -> new HostMessage.Listed(type, objects, list.version()));
  }

  private Behavior<Command> notListed(ControllerHost.NotListed failed) {
    followings
        .missed(failed.type(), failed.failure())
        .ifPresent(why -> context.getLog().info("{} waits: {}", setup.partition(), why));
    return on(new HostMessage.NotListed(failed.type()));
  }

  private Behavior<Command> brought(ControllerHost.Brought brought) {
    return followings.brought(brought).map(this::on).orElseGet(Behaviors::same);
  }

  private Behavior<Command> followingEnded(ControllerHost.FollowingEnded ended) {
    var following = ended.following();
    if (!followings.ended(following, ended.failure())) {
      return Behaviors.same();
    }
    boolean expired = ended.failure() instanceof Resources.ExpiredException;
    return on(new HostMessage.FollowingEnded(following.type(), expired));
  }

  // Positions

  private void recall(HostEffect.Recall asked) {
    context.pipeToSelf(
        setup.recall().since(asked.type(), asked.after(), asked.upTo()),
        (changed, failure) -> {
          if (failure != null) {
            return new ControllerHost.NotRecalled(asked, Failures.cause(failure));
          }
          return told(
              new HostMessage.Recalled(asked, changed == null ? null : changed.orElse(null)));
        });
  }

  private Behavior<Command> notRecalled(ControllerHost.NotRecalled failed) {
    context
        .getLog()
        .info(
            "{} cannot read what has changed in {}, and looks at everything: {}",
            setup.partition(),
            failed.asked().type(),
            failed.failure().toString());
    return on(new HostMessage.Recalled(failed.asked(), null));
  }

  private void keep(HostPosition position) {
    var facts = Map.of(PositionFormat.FACT, PositionFormat.encode(position, setup.revision()));
    var group = new EventStore.Group(setup.partition(), epoch.number(), List.of(), facts);
    keeping = setup.store().append(List.of(group));
    context.pipeToSelf(
        keeping,
        (outcomes, _) -> new ControllerHost.Kept(outcomes == null ? null : outcomes.getFirst()));
  }

  /// Whether it was stored need not be known: a position that is older than it could be does no
  /// harm.
  private Behavior<Command> kept(ControllerHost.Kept kept) {
    return switch (kept.outcome()) {
      case STORED -> Behaviors.same();
      case FENCED -> fenced();
      case DUPLICATE, NO_ROOM, OVERLOADED -> on(new HostMessage.NotKept());
      case null -> on(new HostMessage.NotKept());
    };
  }

  // Objects

  private void spawn(HostEffect.Spawn spawn) {
    var child =
        context.spawnAnonymous(
            ControllerActor.create(shared, spawn.key(), spawn.decisionKey(), spawn.incarnation()));
    context.watch(child);
    children.put(spawn.key(), child);
  }

  private ActorRef<ControllerActor.Command> child(ResourceKey key) {
    var child = children.get(key);
    if (child == null) {
      throw new IllegalStateException(key + " is not awake");
    }
    return child;
  }

  private void dismiss(ResourceKey key) {
    var child = child(key);
    children.remove(key);
    leaving.add(child.unsafeUpcast());
    child.tell(new ControllerActor.Leave());
  }

  private Behavior<Command> childEnded(Terminated terminated) {
    if (!leaving.remove(terminated.getRef())) {
      throw new IllegalStateException(
          "an actor of " + setup.partition() + " ended by itself, so its epoch is over");
    }
    return Behaviors.same();
  }

  private Behavior<Command> report(ControllerHost.Report report) {
    var address = HostReport.address(context.getSystem());
    report
        .replyTo()
        .tell(
            HostReport.of(setup.controller(), address, machine, epoch, setup.time().millis())
                .because(followings.missing()));
    return Behaviors.same();
  }

  // Ending

  /// Somebody else has the controller. To begin again from here would take it away from whom it was
  /// given to: it ends for good, and begins anew only where it is wanted.
  private Behavior<Command> fenced() {
    log.warn(
        context.getLog(),
        epoch.number(),
        "ends: somebody has opened an epoch after " + epoch.number());
    return Behaviors.stopped();
  }

  /// The actors go first, so that nobody appends to an epoch that was closed cleanly; and what they
  /// have sent is over before another host begins.
  private Behavior<Command> stop() {
    tell("stops, epoch " + epoch.number());
    var _ = on(new HostMessage.Ends());
    followings.cancel();
    children.values().forEach(context::stop);
    context.pipeToSelf(
        shared
            .writer()
            .close(ANSWERS)
            .thenCombine(keeping.exceptionally(_ -> List.of()), (_, _) -> Done.getInstance())
            .thenCompose(_ -> setup.close(epoch.number())),
        (_, _) -> new ControllerHost.Closed());
    return Behaviors.receive(Command.class)
        .onMessage(ControllerHost.Closed.class, _ -> Behaviors.stopped())
        .onAnyMessage(_ -> Behaviors.same())
        .onSignal(Terminated.class, _ -> Behaviors.same())
        .onSignal(PostStop.class, _ -> ended())
        .build();
  }

  private Behavior<Command> ended() {
    followings.cancel();
    var _ = shared.writer().close(Duration.ZERO);
    setup.places().left(setup.partition());
    setup.here().remove(setup.partition(), context.getSelf());
    setup.followings().remove(setup.partition(), followings);
    setup.epochs().remove(setup.partition(), epoch.number());
    return Behaviors.same();
  }
}

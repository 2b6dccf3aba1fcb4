package dev.troupe.runtime.controller;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.collection.Snapshot;
import dev.troupe.runtime.collection.WatchItem;
import dev.troupe.runtime.controller.logic.Alarms;
import dev.troupe.runtime.controller.logic.DecisionClock;
import dev.troupe.runtime.controller.logic.Effect;
import dev.troupe.runtime.controller.logic.HostLogic;
import dev.troupe.runtime.controller.logic.ObjectState;
import dev.troupe.runtime.controller.logic.ParkedLooks;
import dev.troupe.runtime.controller.logic.StateFormat;
import dev.troupe.runtime.controller.view.Wake;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/// Runs one controller on one partition of its objects: opens the epoch of its decisions, follows
/// the collections that the controller observes, and keeps one actor awake for each object that has
/// something to do.
///
/// Whatever ends the epoch ends the host; it begins anew, and reconciles everything, after a pause.
public final class ControllerHost {

  public sealed interface Command {}

  /// Wakes a host that is not running yet. Never answered.
  public record Ping() implements Command {}

  /// Ends the epoch cleanly and stops; answered, if there is somebody to answer, when it has ended.
  public record Stop(@Nullable ActorRef<Done> replyTo) implements Command {}

  /// Asks how it is doing. Answered at once, unless it is stopping.
  public record Report(ActorRef<HostReport> replyTo) implements Command {}

  private record Closed(@Nullable ActorRef<Done> replyTo) implements Command {}

  private record Opened(EventStore.Opened opened) implements Command {}

  private record Scanned(Epoch epoch) implements Command {}

  private record Broken(String what, Throwable failure) implements Command {}

  private record Listed(TypeRef type, Snapshot snapshot) implements Command {}

  private record NotListed(TypeRef type, Throwable failure) implements Command {}

  private record ListAgain(TypeRef type) implements Command {}

  private record FollowAgain(TypeRef type) implements Command {}

  record Brought(Following following, WatchItem item) implements Command {}

  record FollowingEnded(Following following, @Nullable Throwable failure) implements Command {}

  record Look(ResourceKey key, Map<ResourceKey, Long> floor) implements Command {}

  record Decide(Effect.Reconcile asked, ActorRef<ControllerActor.Command> replyTo)
      implements Command {}

  record Handled(ResourceKey key) implements Command {}

  record Rested(ResourceKey key, long due, Map<ResourceKey, Long> floor, boolean resting)
      implements Command {}

  private record AlarmRang() implements Command {}

  private record Sweep() implements Command {}

  private static final int STASH = 10_000;
  private static final int ALARMS_AT_ONCE = 1_000;
  private static final Duration SWEEP = Duration.ofSeconds(1);

  private final ActorContext<Command> context;
  private final TimerScheduler<Command> timers;
  private final StashBuffer<Command> stash;
  private final HostSetup setup;
  private final HostLogic logic;
  private final Writer writer;
  private final ParkedLooks<ResourceKey> looks;
  private final Alarms alarms = new Alarms();
  private final Map<ResourceKey, Child> children = new HashMap<>();
  private final Map<ActorRef<Void>, ResourceKey> leaving = new HashMap<>();

  /// Since when actors have been idle, the longest first.
  private final LinkedHashMap<ResourceKey, Long> idle = new LinkedHashMap<>();

  /// Who will be idle when the view shows what they have written.
  private final LinkedHashMap<ResourceKey, Map<ResourceKey, Long>> settling = new LinkedHashMap<>();

  /// Who is to be woken when there is room, and why.
  private final LinkedHashMap<ResourceKey, Set<Cause>> backlog = new LinkedHashMap<>();

  private final Map<TypeRef, Following> followings = new HashMap<>();
  private final Set<TypeRef> unlisted = new HashSet<>();
  private @Nullable Epoch epoch;
  private ControllerActor.@Nullable Shared shared;
  private long made;
  private long alarmSetFor = Long.MAX_VALUE;

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
    this.logic = setup.logic().get();
    this.looks = new ParkedLooks<>(logic);
    this.writer =
        new Writer(
            setup.resources(),
            setup.time(),
            setup.settings().patience(),
            new WriteLanes(setup.settings().writes()));
  }

  private Behavior<Command> open() {
    context.pipeToSelf(
        setup.store().open(setup.partition()),
        (opened, failure) -> opened != null ? new Opened(opened) : broken("open", failure));
    return Behaviors.receive(Command.class)
        .onMessage(Opened.class, opened -> scan(opened.opened))
        .onMessage(Scanned.class, scanned -> load(scanned.epoch))
        .onMessage(Broken.class, ControllerHost::fail)
        .onMessage(Stop.class, stop -> stopped(stop.replyTo))
        .onMessage(Ping.class, _ -> Behaviors.same())
        .onMessage(Report.class, report -> same(() -> report(report.replyTo)))
        .onAnyMessage(this::stashed)
        .onSignal(PostStop.class, _ -> ended())
        .onSignal(PreRestart.class, _ -> ended())
        .build();
  }

  private Behavior<Command> scan(EventStore.Opened opened) {
    var clock =
        new DecisionClock(setup.partition().number(), opened.highestVersion(), setup.time());
    var next = new Epoch(opened.epoch(), clock);
    context.pipeToSelf(
        setup.store().scan(setup.partition(), Long.MAX_VALUE, next::stored),
        (count, failure) -> count != null ? new Scanned(next) : broken("scan", failure));
    return Behaviors.same();
  }

  private Behavior<Command> load(Epoch opened) {
    epoch = opened;
    setup.epochs().add(setup.partition(), opened.number(), opened);
    shared =
        new ControllerActor.Shared(
            setup,
            logic.profile(),
            opened,
            writer,
            context.getSelf(),
            logic::reconcile,
            logic.serial());
    for (var type : logic.followed()) {
      unlisted.add(type);
      list(type);
    }
    timers.startTimerWithFixedDelay(new Sweep(), SWEEP);
    return stash.unstashAll(running());
  }

  private Behavior<Command> running() {
    return Behaviors.receive(Command.class)
        .onMessage(Brought.class, brought -> same(() -> brought(brought)))
        .onMessage(Look.class, look -> same(() -> look(look)))
        .onMessage(Handled.class, handled -> same(() -> handled(handled.key)))
        .onMessage(Rested.class, rested -> same(() -> rested(rested)))
        .onMessage(Decide.class, decide -> same(() -> decide(decide)))
        .onMessage(AlarmRang.class, _ -> same(this::alarm))
        .onMessage(Sweep.class, _ -> same(this::sweep))
        .onMessage(Listed.class, listed -> same(() -> listed(listed)))
        .onMessage(NotListed.class, failed -> same(() -> notListed(failed)))
        .onMessage(ListAgain.class, again -> same(() -> list(again.type)))
        .onMessage(FollowAgain.class, again -> same(() -> follow(again.type)))
        .onMessage(FollowingEnded.class, ended -> same(() -> followingEnded(ended)))
        .onMessage(Broken.class, ControllerHost::fail)
        .onMessage(Ping.class, _ -> Behaviors.same())
        .onMessage(Report.class, report -> same(() -> report(report.replyTo)))
        .onMessage(Stop.class, stop -> stop(stop.replyTo))
        .onSignal(Terminated.class, this::childEnded)
        .onSignal(PostStop.class, _ -> ended())
        .onSignal(PreRestart.class, _ -> ended())
        .build();
  }

  private static Behavior<Command> same(Runnable handling) {
    handling.run();
    return Behaviors.same();
  }

  // Following

  private void list(TypeRef type) {
    context.pipeToSelf(
        setup.resources().snapshot(type, null),
        (snapshot, failure) ->
            snapshot != null ? new Listed(type, snapshot) : new NotListed(type, cause(failure)));
  }

  private void notListed(NotListed failed) {
    context
        .getLog()
        .info(
            "{} cannot list {} yet: {}", setup.partition(), failed.type, failed.failure.toString());
    timers.startSingleTimer(
        "list " + failed.type, new ListAgain(failed.type), setup.settings().retry());
  }

  private void listed(Listed listed) {
    var type = listed.type;
    var wakes = logic.load(type, listed.snapshot.iterate(null, null), listed.snapshot.version());
    tellFaults();
    boolean first = unlisted.remove(type);
    follow(type);
    if (first && unlisted.isEmpty()) {
      begin();
    } else if (!first) {
      wake(wakes);
      reached(type);
    }
  }

  /// All collections are there for the first time.
  private void begin() {
    var begun = epoch();
    wake(logic.started());
    for (EventRecord decision : begun.decisions()) {
      read(decision)
          .ifPresent(state -> {
            begun.failing(decision.key(), state);
            wake(List.of(new Wake(state.key(), new Cause.Started())));
          });
    }
    context
        .getLog()
        .info(
            "{} runs, epoch {}, {} decisions, {} objects to look at",
            setup.partition(),
            begun.number(),
            begun.size(),
            children.size() + backlog.size());
  }

  /// Nothing, if the decision cannot be read: its object comes up by itself if it is still there.
  private Optional<ObjectState> read(EventRecord decision) {
    try {
      return Optional.of(StateFormat.decode(decision.body()));
    } catch (RuntimeException illegible) {
      context
          .getLog()
          .warn("{} cannot be read in {}", decision.key(), setup.partition(), illegible);
      return Optional.empty();
    }
  }

  private void tellFaults() {
    for (var fault : logic.faults()) {
      context
          .getLog()
          .warn(
              "{} failed at {} and goes on without it",
              setup.partition(),
              fault.key(),
              fault.thrown());
    }
  }

  private void follow(TypeRef type) {
    var before = followings.remove(type);
    if (before != null) {
      before.cancel();
    }
    var following = new Following(type, setup.settings().credit(), context.getSelf());
    followings.put(type, following);
    setup.resources().watch(type, logic.version(type)).subscribe(following);
  }

  private void brought(Brought brought) {
    var following = brought.following;
    if (followings.get(following.type()) != following) {
      return;
    }
    switch (brought.item) {
      case WatchItem.Changed changed -> {
        wake(logic.changed(changed.resource(), changed.type() == WatchItem.Type.DELETED));
        tellFaults();
      }
      case WatchItem.Progress(long version) -> logic.reached(following.type(), version);
    }
    following.handled();
    reached(following.type());
  }

  private void followingEnded(FollowingEnded ended) {
    var type = ended.following.type();
    if (followings.get(type) != ended.following) {
      return;
    }
    followings.remove(type);
    if (ended.failure instanceof Resources.ExpiredException) {
      list(type);
    } else {
      timers.startSingleTimer("follow " + type, new FollowAgain(type), setup.settings().retry());
    }
  }

  private void reached(TypeRef type) {
    for (var key : looks.reached(type)) {
      show(key);
    }
  }

  // Waking

  private void wake(Collection<Wake> wakes) {
    for (var wake : wakes) {
      var child = child(wake.key());
      if (child != null) {
        child.wake(wake.cause());
      } else {
        var causes = backlog.computeIfAbsent(wake.key(), _ -> new LinkedHashSet<>());
        if (causes.size() < 16) {
          causes.add(wake.cause());
        }
      }
    }
  }

  /// The object's actor, made if there is none; null if there is no room for it now.
  private @Nullable Child child(ResourceKey key) {
    var known = children.get(key);
    if (known != null) {
      busy(key);
      return known;
    }
    if (children.size() >= setup.settings().awake() && !makeRoom()) {
      return null;
    }
    var incarnation = "e" + epoch().number() + "." + ++made;
    var ref =
        context.spawnAnonymous(
            ControllerActor.create(shared(), key, logic.decisionKey(key), incarnation));
    context.watch(ref);
    var child = new Child(ref);
    children.put(key, child);
    return child;
  }

  private void busy(ResourceKey key) {
    idle.remove(key);
    settling.remove(key);
  }

  private boolean makeRoom() {
    var longest = idle.firstEntry();
    if (longest == null) {
      return false;
    }
    dismiss(longest.getKey());
    return true;
  }

  private void dismiss(ResourceKey key) {
    busy(key);
    var child = children.remove(key);
    if (child != null) {
      leaving.put(child.ref().unsafeUpcast(), key);
      child.ref().tell(new ControllerActor.Leave());
    }
  }

  private void look(Look look) {
    if (looks.park(look.key, look.floor)) {
      show(look.key);
    }
  }

  private void show(ResourceKey key) {
    var child = children.get(key);
    if (child != null) {
      busy(key);
      child.tell(new ControllerActor.See(logic.look(key)));
      wake(logic.owed());
    }
  }

  private void handled(ResourceKey key) {
    var child = children.get(key);
    if (child != null) {
      child.handled();
    }
  }

  private void rested(Rested rested) {
    alarms.set(rested.key, rested.due);
    setAlarm();
    var child = children.get(rested.key);
    if (child != null && rested.resting && child.idle()) {
      if (logic.reached(rested.floor)) {
        idle.put(rested.key, setup.time().millis());
        fromBacklog();
      } else {
        settling.put(rested.key, rested.floor);
      }
    }
  }

  /// The changes that were waited for need not have woken anybody.
  private void settle() {
    long now = setup.time().millis();
    settling
        .entrySet()
        .removeIf(entry -> {
          boolean settled = logic.reached(entry.getValue());
          if (settled) {
            idle.put(entry.getKey(), now);
          }
          return settled;
        });
  }

  private void fromBacklog() {
    while (!backlog.isEmpty() && (children.size() < setup.settings().awake() || !idle.isEmpty())) {
      var next = backlog.pollFirstEntry();
      for (var cause : next.getValue()) {
        wake(List.of(new Wake(next.getKey(), cause)));
      }
    }
  }

  private void decide(Decide decide) {
    ControllerActor.Planned answer;
    try {
      answer =
          new ControllerActor.Planned(decide.asked.number(), logic.reconcile(decide.asked), null);
    } catch (RuntimeException thrown) {
      answer = new ControllerActor.Planned(decide.asked.number(), null, thrown.toString());
    }
    decide.replyTo.tell(answer);
  }

  private void alarm() {
    alarmSetFor = Long.MAX_VALUE;
    for (var key : alarms.take(setup.time().millis(), ALARMS_AT_ONCE)) {
      var child = child(key);
      if (child == null) {
        alarms.set(key, setup.time().millis() + SWEEP.toMillis());
      } else {
        child.tell(new ControllerActor.Tick());
      }
    }
    setAlarm();
  }

  private void setAlarm() {
    long next = alarms.next();
    if (next < alarmSetFor) {
      alarmSetFor = next;
      long delay = Math.max(1, next - setup.time().millis());
      timers.startSingleTimer("alarm", new AlarmRang(), Duration.ofMillis(delay));
    }
  }

  private void sweep() {
    setup.workroom().expire();
    settle();
    long before = setup.time().millis() - setup.settings().idle().toMillis();
    var longIdle = new ArrayList<ResourceKey>();
    for (var entry : idle.entrySet()) {
      if (entry.getValue() > before) {
        break;
      }
      longIdle.add(entry.getKey());
    }
    longIdle.forEach(this::dismiss);
    fromBacklog();
  }

  private void report(ActorRef<HostReport> replyTo) {
    var address = context.getSystem().address();
    var owner = address.getHost().orElse("") + address.getPort().map(port -> ":" + port).orElse("");
    var name = setup.partition().collection().plural();
    replyTo.tell(
        epoch == null
            ? new HostReport(name, owner, false, 0, 0, 0)
            : new HostReport(
                name,
                owner,
                unlisted.isEmpty(),
                epoch.number(),
                children.size(),
                epoch.quarantined()));
  }

  // Ending

  private Behavior<Command> childEnded(Terminated terminated) {
    if (leaving.remove(terminated.getRef()) == null) {
      throw new IllegalStateException(
          "an actor of " + setup.partition() + " ended by itself, so its epoch is over");
    }
    return Behaviors.same();
  }

  /// The actors go first, so that nobody appends to an epoch that was closed cleanly.
  private Behavior<Command> stop(@Nullable ActorRef<Done> replyTo) {
    var ending = epoch();
    context.getLog().info("{} stops, epoch {}", setup.partition(), ending.number());
    followings.values().forEach(Following::cancel);
    followings.clear();
    children.values().forEach(child -> context.stop(child.ref()));
    context.pipeToSelf(
        setup.store().close(setup.partition(), ending.number()), (_, _) -> new Closed(replyTo));
    return Behaviors.receive(Command.class)
        .onMessage(Closed.class, closed -> stopped(closed.replyTo))
        .onAnyMessage(_ -> Behaviors.same())
        .onSignal(Terminated.class, _ -> Behaviors.same())
        .onSignal(PostStop.class, _ -> ended())
        .build();
  }

  private static Behavior<Command> stopped(@Nullable ActorRef<Done> replyTo) {
    if (replyTo != null) {
      replyTo.tell(Done.getInstance());
    }
    return Behaviors.stopped();
  }

  private Behavior<Command> ended() {
    followings.values().forEach(Following::cancel);
    followings.clear();
    if (epoch != null) {
      setup.epochs().remove(setup.partition(), epoch.number());
    }
    return Behaviors.same();
  }

  private Behavior<Command> stashed(Command command) {
    stash.stash(command);
    return Behaviors.same();
  }

  private static Behavior<Command> fail(Broken broken) {
    throw new IllegalStateException(broken.what + " failed", broken.failure);
  }

  private static Broken broken(String what, @Nullable Throwable failure) {
    return new Broken(what, cause(failure));
  }

  private static Throwable cause(@Nullable Throwable failure) {
    if (failure instanceof CompletionException wrapped && wrapped.getCause() != null) {
      return wrapped.getCause();
    }
    return failure == null ? new IllegalStateException("no answer") : failure;
  }

  private Epoch epoch() {
    if (epoch == null) {
      throw new IllegalStateException(setup.partition() + " is not open");
    }
    return epoch;
  }

  private ControllerActor.Shared shared() {
    if (shared == null) {
      throw new IllegalStateException(setup.partition() + " is not open");
    }
    return shared;
  }
}

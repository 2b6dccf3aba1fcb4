package dev.troupe.runtime.controller;

import dev.troupe.api.controller.Failure;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.controller.logic.HostLogic;
import dev.troupe.runtime.controller.logic.host.HostMessage;
import dev.troupe.runtime.controller.logic.object.ObjectEffect;
import dev.troupe.runtime.controller.logic.object.ObjectMachine;
import dev.troupe.runtime.controller.logic.object.ObjectMessage;
import dev.troupe.runtime.controller.logic.state.ObjectState;
import dev.troupe.runtime.controller.logic.state.Profile;
import dev.troupe.runtime.controller.plan.PlannedWrite;
import dev.troupe.runtime.controller.plan.WriteOutcome;
import dev.troupe.runtime.controller.work.Writer;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.WriteCause;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ExtensibleBehavior;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/// Carries the [ObjectMachine] of one object: stores its decisions and carries out its effects.
///
/// Its host sends it one thing at a time and is told when that is done, so nothing piles up here.
/// What comes while a decision is being stored waits until it is. What the object's newest decision
/// was is known to the epoch, so that nothing is recovered when it wakes.
final class ControllerActor extends ExtensibleBehavior<ControllerActor.Command> {

  sealed interface Command {}

  /// Something for the machine.
  record Told(ObjectMessage message) implements Command {}

  record Leave() implements Command {}

  private record Noted() implements Command {}

  /// What the store says of the decision that is being stored.
  ///
  /// @param failure null if there is an outcome
  private record Answered(EventStore.@Nullable Outcome outcome, @Nullable Throwable failure)
      implements Command {}

  /// What all actors of a host share.
  record Shared(
      HostSetup setup,
      HostLogic logic,
      Epoch epoch,
      Writer writer,
      ActorRef<ControllerHost.Command> host) {

    Profile profile() {
      return logic.profile();
    }

    void tellHost(HostMessage message) {
      host.tell(new ControllerHost.Told(message));
    }
  }

  /// How long the store may say nothing before what becomes of a decision counts as unknown.
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /// A decision on its way to the store.
  ///
  /// @param next null to forget
  private record Storing(EventRecord event, @Nullable ObjectState next) {}

  private final Shared shared;
  private final ResourceKey key;
  private final ResourceKey decisionKey;
  private final ActorContext<Command> context;
  private final ObjectMachine machine;
  private final Queue<Command> waiting = new ArrayDeque<>(1);
  private Memory memory;
  private @Nullable Storing storing;

  static Behavior<Command> create(
      Shared shared, ResourceKey key, ResourceKey decisionKey, String incarnation) {
    return Behaviors.setup(
        context -> new ControllerActor(shared, key, decisionKey, incarnation, context));
  }

  private ControllerActor(
      Shared shared,
      ResourceKey key,
      ResourceKey decisionKey,
      String incarnation,
      ActorContext<Command> context) {
    this.shared = shared;
    this.key = key;
    this.decisionKey = decisionKey;
    this.context = context;
    this.memory = shared.epoch.memory(decisionKey);
    if (memory.illegible() != null) {
      context
          .getLog()
          .warn(
              "{} begins anew with {}, its decision cannot be read: {}",
              shared.profile().controller(),
              key,
              memory.illegible());
    }
    this.machine =
        new ObjectMachine(
            shared.profile(), key, incarnation, memory.state(), shared.setup.random());
  }

  @Override
  public Behavior<Command> receive(TypedActorContext<Command> typed, Command command) {
    if (command instanceof Answered answered) {
      return answered(answered);
    }
    if (storing != null) {
      waiting.add(command);
      return Behaviors.same();
    }
    return handle(command);
  }

  @Override
  public Behavior<Command> receiveSignal(TypedActorContext<Command> typed, Signal signal) {
    return Behaviors.same();
  }

  private Behavior<Command> handle(Command command) {
    return switch (command) {
      case Told(var message) -> {
        on(message);
        yield Behaviors.same();
      }
      case Leave _ -> Behaviors.stopped();
      case Noted _, Answered _ -> Behaviors.same();
    };
  }

  private void on(ObjectMessage message) {
    ObjectEffect.Rest rest = null;
    for (var effect : decided(message)) {
      switch (effect) {
        case ObjectEffect.Persist(var state) -> store(state, state);
        case ObjectEffect.Forget(var last) -> store(null, last);
        case ObjectEffect.Rest resting -> rest = resting;
        case ObjectEffect.Look(var floor) -> shared.tellHost(new HostMessage.Look(key, floor));
        case ObjectEffect.Reconcile asked -> reconcile(asked);
        case ObjectEffect.Write(var write, long seen) -> write(write, seen);
        case ObjectEffect.Note(var write, long seen) ->
            pipe(() -> shared.writer.write(write, seen), (_, _) -> new Noted());
        case ObjectEffect.Call call -> call(call);
        case ObjectEffect.Circles(int rounds) -> circles(rounds);
      }
    }
    if (message instanceof ObjectMessage.FromHost) {
      shared.tellHost(new HostMessage.Handled(key));
    }
    if (rest != null) {
      shared.tellHost(new HostMessage.Rested(key, rest.dueMillis(), rest.floor(), rest.mayLeave()));
    }
  }

  /// @param next null to forget
  private void store(@Nullable ObjectState next, ObjectState about) {
    var event = event(next, about);
    storing = new Storing(event, next);
    var group = new EventStore.Group(event.partition(), event.epoch(), List.of(event), Map.of());
    pipe(
        () ->
            shared
                .setup
                .store()
                .append(List.of(group))
                .thenApply(List::getFirst)
                .toCompletableFuture()
                .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS),
        Answered::new);
  }

  /// Whoever does not know that its decision is stored ends, and with it the epoch of its host.
  private Behavior<Command> answered(Answered answered) {
    var stored = storing;
    if (stored == null) {
      throw new IllegalStateException("nothing of " + key + " was to be stored");
    }
    if (answered.outcome != EventStore.Outcome.STORED) {
      context
          .getLog()
          .warn(
              "a decision of {} about {} is not known to be stored: {}",
              shared.profile().controller(),
              key,
              answered.failure == null ? answered.outcome : words(answered.failure));
      return Behaviors.stopped();
    }
    var event = stored.event;
    storing = null;
    memory = memory.after(event, stored.next);
    shared.epoch.stored(event);
    if (shared.epoch.failing(decisionKey, stored.next)) {
      fails(stored.next);
    }
    on(new ObjectMessage.Persisted(event.version()));
    return handleWaiting();
  }

  private Behavior<Command> handleWaiting() {
    Behavior<Command> next = Behaviors.same();
    while (storing == null && !waiting.isEmpty() && Behavior.isAlive(next)) {
      next = handle(waiting.remove());
    }
    return next;
  }

  /// Code of a controller runs in here. If it throws that is a failed attempt at this object alone.
  private List<ObjectEffect> decided(ObjectMessage message) {
    long now = shared.setup.time().millis();
    try {
      return machine.on(message, now);
    } catch (RuntimeException thrown) {
      context.getLog().warn("{} of {} failed", shared.profile().controller(), key, thrown);
      return machine.on(new ObjectMessage.Broke(thrown.toString()), now);
    }
  }

  private void fails(@Nullable ObjectState state) {
    var retry = state == null ? null : state.retry();
    if (retry != null) {
      context
          .getLog()
          .warn(
              "{} has failed with {} {} times in a row, and tries it less often now: {}",
              shared.profile().controller(),
              key,
              retry.attempt(),
              retry.message());
    }
  }

  private void circles(int rounds) {
    if (!shared.epoch.circling().tells(key, shared.setup.time().millis())) {
      return;
    }
    context
        .getLog()
        .warn(
            "{} goes in circles with {}: {}",
            shared.profile().controller(),
            key,
            rounds == 0
                ? "it is called for without end, and slowed down to ten times a second"
                : "a timer has fired for nothing "
                    + rounds
                    + " times and was set again at once; it fires later and later");
  }

  private void reconcile(ObjectEffect.Reconcile asked) {
    if (shared.logic.serial()) {
      shared.tellHost(new HostMessage.Decide(key, asked));
      return;
    }
    pipe(
        () -> shared.setup.workroom().submit(() -> shared.logic.reconcile(asked)),
        (plan, failure) ->
            new Told(
                plan != null
                    ? new ObjectMessage.Planned(asked.number(), plan)
                    : new ObjectMessage.PlanFailed(asked.number(), words(failure))));
  }

  private void write(PlannedWrite write, long seen) {
    pipe(
        () -> shared.writer.write(write, seen),
        (outcome, failure) ->
            new Told(
                new ObjectMessage.Written(
                    write,
                    outcome != null
                        ? outcome
                        : new WriteOutcome.Failed(new Failure.Broken(words(failure))))));
  }

  private void call(ObjectEffect.Call call) {
    pipe(
        () -> shared.setup.activities().carryOut(call.activity(), call.key()),
        (result, failure) ->
            new Told(
                failure == null
                    ? new ObjectMessage.CallSucceeded(
                        call.name(), call.key(), result == null ? "" : result)
                    : new ObjectMessage.CallFailed(call.name(), call.key(), words(failure))));
  }

  private EventRecord event(@Nullable ObjectState next, ObjectState about) {
    var cause =
        WriteCause.controller(
            shared.profile().controller(),
            next == null ? "object is gone" : String.join("; ", about.causes()),
            key,
            about.version());
    return memory.event(
        shared.setup.partition(),
        shared.epoch.number(),
        decisionKey,
        shared.epoch.clock().next(),
        next,
        about.uid(),
        cause,
        shared.setup.time().millis());
  }

  private <T> void pipe(
      Supplier<CompletionStage<T>> asked,
      BiFunction<@Nullable T, @Nullable Throwable, Command> answer) {
    CompletionStage<T> stage;
    try {
      stage = asked.get();
    } catch (RuntimeException thrown) {
      stage = CompletableFuture.failedStage(thrown);
    }
    context.pipeToSelf(stage, answer::apply);
  }

  private static String words(@Nullable Throwable failure) {
    return Failures.cause(failure).toString();
  }
}

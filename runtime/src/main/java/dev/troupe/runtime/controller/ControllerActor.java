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
import dev.troupe.runtime.controller.plan.UnfitPlanException;
import dev.troupe.runtime.controller.plan.WriteOutcome;
import dev.troupe.runtime.controller.work.Writer;
import dev.troupe.runtime.failure.Failures;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.NotStoredException;
import dev.troupe.runtime.store.PersistentId;
import dev.troupe.runtime.store.StoreSetup;
import dev.troupe.runtime.store.WriteCause;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.typed.JournalPersistRejected;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.jspecify.annotations.Nullable;

/// Carries the [ObjectMachine] of one object: persists its decisions and carries out its effects.
///
/// Its host sends it one thing at a time and is told when that is done, so nothing piles up here.
final class ControllerActor
    extends EventSourcedBehavior<ControllerActor.Command, EventRecord, Memory> {

  sealed interface Command {}

  /// Something for the machine.
  record Told(ObjectMessage message) implements Command {}

  record Leave() implements Command {}

  private record Noted() implements Command {}

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

  private final Shared shared;
  private final ResourceKey key;
  private final ResourceKey decisionKey;
  private final String incarnation;
  private final ActorContext<Command> context;
  private @Nullable ObjectMachine machine;

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
    super(
        PersistenceId.ofUniqueId(
            new PersistentId(shared.setup.partition(), shared.epoch.number(), decisionKey)
                .toString()));
    this.shared = shared;
    this.key = key;
    this.decisionKey = decisionKey;
    this.incarnation = incarnation;
    this.context = context;
  }

  @Override
  public String journalPluginId() {
    return StoreSetup.JOURNAL;
  }

  @Override
  public String snapshotPluginId() {
    return StoreSetup.SNAPSHOTS;
  }

  @Override
  public Memory emptyState() {
    return Memory.NOTHING;
  }

  @Override
  public CommandHandler<Command, EventRecord, Memory> commandHandler() {
    return this::handle;
  }

  @Override
  public EventHandler<Memory, EventRecord> eventHandler() {
    return (_, event) -> Memory.of(event);
  }

  @Override
  public SignalHandler<Memory> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), this::recovered)
        .onSignal(JournalPersistRejected.class, (_, rejected) -> rejected(rejected.getFailure()))
        .build();
  }

  /// Why, the host cannot see: an actor ends without a word.
  private void rejected(Throwable why) {
    if (why instanceof NotStoredException notStored
        && notStored.outcome() == EventStore.Outcome.FENCED) {
      shared.host.tell(new ControllerHost.Fenced());
    }
  }

  private void recovered(Memory memory) {
    if (memory.illegible() != null) {
      context
          .getLog()
          .warn(
              "{} begins anew with {}, its decision cannot be read: {}",
              shared.profile().controller(),
              key,
              memory.illegible());
    }
    machine =
        new ObjectMachine(
            shared.profile(), key, incarnation, memory.state(), shared.setup.random());
  }

  private org.apache.pekko.persistence.typed.javadsl.Effect<EventRecord, Memory> handle(
      Memory memory, Command command) {
    return switch (command) {
      case Told(var message) -> on(memory, message);
      case Noted _ -> Effect().none();
      case Leave _ -> Effect().stop();
    };
  }

  private org.apache.pekko.persistence.typed.javadsl.Effect<EventRecord, Memory> on(
      Memory memory, ObjectMessage message) {
    Persisting persisting = null;
    ObjectEffect.Rest rest = null;
    boolean awaits = false;
    for (var effect : decided(message)) {
      switch (effect) {
        case ObjectEffect.Persist(var state) -> persisting = persisting(memory, state, state);
        case ObjectEffect.Forget(var last) -> persisting = persisting(memory, null, last);
        case ObjectEffect.Rest resting -> rest = resting;
        case ObjectEffect.Await _ -> awaits = true;
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
    if (awaits) {
      shared.tellHost(new HostMessage.Awaits(key));
    }
    return persisting == null ? Effect().none() : persist(persisting);
  }

  private record Persisting(EventRecord event, @Nullable ObjectState next) {}

  private org.apache.pekko.persistence.typed.javadsl.Effect<EventRecord, Memory> persist(
      Persisting persisting) {
    var event = persisting.event;
    return Effect()
        .persist(event)
        .thenRun(_ -> {
          shared.epoch.stored(event);
          if (shared.epoch.failing(decisionKey, persisting.next)) {
            fails(persisting.next);
          }
          context.getSelf().tell(new Told(new ObjectMessage.Persisted(event.version())));
        });
  }

  /// Code of a controller runs in here. If it throws that is a failed attempt at this object alone.
  private List<ObjectEffect> decided(ObjectMessage message) {
    long now = shared.setup.time().millis();
    try {
      return machine().on(message, now);
    } catch (RuntimeException thrown) {
      context.getLog().warn("{} of {} failed", shared.profile().controller(), key, thrown);
      return machine().on(new ObjectMessage.Broke(thrown.toString()), now);
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
        () -> shared.setup.desk().submit(() -> shared.logic.reconcile(asked)),
        (answer, failure) ->
            new Told(
                answer != null
                    ? answer
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
        () -> shared.setup.activities().carryOut(call.activity(), call.key(), shared.writer.host()),
        (result, failure) ->
            new Told(
                failure == null
                    ? new ObjectMessage.CallSucceeded(
                        call.name(), call.key(), result == null ? "" : result)
                    : new ObjectMessage.CallFailed(call.name(), call.key(), words(failure))));
  }

  private Persisting persisting(Memory memory, @Nullable ObjectState next, ObjectState about) {
    return new Persisting(event(memory, next, about), next);
  }

  private EventRecord event(Memory memory, @Nullable ObjectState next, ObjectState about) {
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
    return UnfitPlanException.words(Failures.cause(failure));
  }

  private ObjectMachine machine() {
    if (machine == null) {
      throw new IllegalStateException(key + " has not recovered");
    }
    return machine;
  }
}

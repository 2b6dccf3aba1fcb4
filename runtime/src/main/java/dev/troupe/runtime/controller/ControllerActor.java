package dev.troupe.runtime.controller;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Failure;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.controller.logic.Effect;
import dev.troupe.runtime.controller.logic.ObjectMachine;
import dev.troupe.runtime.controller.logic.ObjectState;
import dev.troupe.runtime.controller.logic.Profile;
import dev.troupe.runtime.controller.plan.PlannedWrite;
import dev.troupe.runtime.controller.plan.WriteOutcome;
import dev.troupe.runtime.controller.view.Sight;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.PersistentId;
import dev.troupe.runtime.store.StoreSetup;
import dev.troupe.runtime.store.WriteCause;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
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

  /// From the host; answered with [ControllerHost.Handled].
  sealed interface FromHost extends Command {}

  record Wake(List<Cause> causes) implements FromHost {}

  record Tick() implements FromHost {}

  record See(Sight sight) implements FromHost {}

  record Leave() implements Command {}

  /// Nobody answered in time, or the answer of a serial controller.
  record Planned(long number, @Nullable Plan plan, @Nullable String failure) implements Command {}

  private record Stored(long version) implements Command {}

  private record Written(PlannedWrite write, WriteOutcome outcome) implements Command {}

  private record Called(Effect.Call call, @Nullable String result, @Nullable String failure)
      implements Command {}

  private record Noted() implements Command {}

  /// What all actors of a host share.
  record Shared(
      HostSetup setup,
      Profile profile,
      Epoch epoch,
      Writer writer,
      ActorRef<ControllerHost.Command> host,
      java.util.function.Function<Effect.Reconcile, Plan> controller,
      boolean serial) {}

  private final Shared shared;
  private final ResourceKey key;
  private final ResourceKey decisionKey;
  private final String incarnation;
  private final ActorContext<Command> context;
  private @Nullable ObjectMachine machine;
  private long seen;

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
        .build();
  }

  private void recovered(Memory memory) {
    if (memory.illegible() != null) {
      context
          .getLog()
          .warn(
              "{} begins anew with {}, its decision cannot be read: {}",
              shared.profile.controller(),
              key,
              memory.illegible());
    }
    machine =
        new ObjectMachine(shared.profile, key, incarnation, memory.state(), shared.setup.random());
  }

  private org.apache.pekko.persistence.typed.javadsl.Effect<EventRecord, Memory> handle(
      Memory memory, Command command) {
    if (command instanceof Leave) {
      return Effect().stop();
    }
    var effects = decided(command);
    EventRecord event = null;
    ObjectState next = null;
    ControllerHost.Rested rested = null;
    for (var effect : effects) {
      switch (effect) {
        case Effect.Persist(var state) -> {
          next = state;
          event = event(memory, state, state);
        }
        case Effect.Forget(var last) -> event = event(memory, null, last);
        case Effect.Rest(long due, var floor) ->
            rested = new ControllerHost.Rested(key, due, floor, machine().resting());
        case Effect.Look look -> shared.host.tell(new ControllerHost.Look(key, look.floor()));
        case Effect.Reconcile asked -> reconcile(asked);
        case Effect.Write(var write) ->
            pipe(
                () -> shared.writer.write(write, seen),
                (outcome, failure) ->
                    new Written(
                        write,
                        outcome != null
                            ? outcome
                            : new WriteOutcome.Failed(new Failure.Broken(words(failure)))));
        case Effect.Note(var write) ->
            pipe(() -> shared.writer.write(write, seen), (_, _) -> new Noted());
        case Effect.Call call ->
            pipe(
                () -> shared.setup.activities().carryOut(call.activity(), call.key()),
                (result, failure) ->
                    new Called(call, result, failure == null ? null : words(failure)));
      }
    }
    if (command instanceof FromHost) {
      shared.host.tell(new ControllerHost.Handled(key));
    }
    if (rested != null) {
      shared.host.tell(rested);
    }
    return event == null ? Effect().none() : persist(event, next);
  }

  private org.apache.pekko.persistence.typed.javadsl.Effect<EventRecord, Memory> persist(
      EventRecord event, @Nullable ObjectState next) {
    return Effect()
        .persist(event)
        .thenRun(_ -> {
          shared.epoch.stored(event);
          shared.epoch.failing(decisionKey, next);
          context.getSelf().tell(new Stored(event.version()));
        });
  }

  /// Code of a controller runs in here. If it throws that is a failed attempt at this object alone.
  private List<Effect> decided(Command command) {
    try {
      return decide(command);
    } catch (RuntimeException thrown) {
      context.getLog().warn("{} of {} failed", shared.profile.controller(), key, thrown);
      return machine().broke(thrown.toString(), shared.setup.time().millis());
    }
  }

  private List<Effect> decide(Command command) {
    long now = shared.setup.time().millis();
    return switch (command) {
      case Wake(var causes) -> machine().wake(causes, now);
      case Tick _ -> machine().tick(now);
      case See(var sight) -> {
        sight.versions().values().forEach(version -> seen = Math.max(seen, version));
        yield machine().seen(sight, now);
      }
      case Planned(long number, var plan, var failure) ->
          plan != null
              ? machine().planned(number, plan, now)
              : machine().planFailed(number, String.valueOf(failure), now);
      case Stored(long version) -> machine().persisted(version, now);
      case Written(var write, var outcome) -> {
        if (outcome instanceof WriteOutcome.Done(long version)) {
          seen = Math.max(seen, version);
        }
        yield machine().written(write, outcome, now);
      }
      case Called(var call, var result, var failure) ->
          failure == null
              ? machine().callSucceeded(call.name(), call.key(), result == null ? "" : result, now)
              : machine().callFailed(call.name(), call.key(), failure, now);
      case Noted _, Leave _ -> List.of();
    };
  }

  private void reconcile(Effect.Reconcile asked) {
    if (shared.serial) {
      shared.host.tell(new ControllerHost.Decide(asked, context.getSelf()));
    } else {
      pipe(
          () -> shared.setup.workroom().submit(() -> shared.controller.apply(asked)),
          (plan, failure) ->
              new Planned(asked.number(), plan, failure == null ? null : words(failure)));
    }
  }

  private EventRecord event(Memory memory, @Nullable ObjectState next, ObjectState about) {
    var cause =
        WriteCause.controller(
            shared.profile.controller(),
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
    if (failure instanceof CompletionException wrapped && wrapped.getCause() != null) {
      return words(wrapped.getCause());
    }
    return failure == null ? "no answer" : failure.toString();
  }

  private ObjectMachine machine() {
    if (machine == null) {
      throw new IllegalStateException(key + " has not recovered");
    }
    return machine;
  }
}

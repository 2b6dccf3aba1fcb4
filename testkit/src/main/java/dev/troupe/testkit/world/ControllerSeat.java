package dev.troupe.testkit.world;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.controller.logic.Effect;
import dev.troupe.runtime.controller.logic.HostLogic;
import dev.troupe.runtime.controller.logic.ObjectMachine;
import dev.troupe.runtime.controller.logic.ObjectState;
import dev.troupe.runtime.controller.logic.StateFormat;
import dev.troupe.runtime.controller.plan.PlannedWrite;
import dev.troupe.runtime.controller.view.Wake;
import dev.troupe.testkit.world.MessageSchedule.Mailbox;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One controller in a world: the host's logic and its objects' machines, each with a mailbox, and
/// the decisions that survive a crash of them.
final class ControllerSeat {

  /// What a seat needs of the world around it.
  interface Surroundings {
    long now();

    void write(PlannedWrite write, java.util.function.Consumer<Answer> answer);

    void call(Effect.Call call, java.util.function.Consumer<CallAnswer> answer);

    WorldStore store();
  }

  record Answer(dev.troupe.runtime.controller.plan.WriteOutcome outcome) {}

  record CallAnswer(@Nullable String result, @Nullable String failure) {}

  /// A machine with its mailbox. Messages to a dead one are lost.
  private static final class Actor {
    final ResourceKey key;
    final ObjectMachine machine;
    final Mailbox mailbox = new Mailbox();
    boolean dead;

    Actor(ResourceKey key, ObjectMachine machine) {
      this.key = key;
      this.machine = machine;
    }
  }

  private record Parked(Actor actor, Map<ResourceKey, Long> floor) {}

  /// A decision as it is kept.
  record Kept(long version, byte[] body) {}

  private final Supplier<HostLogic> fresh;
  private final MessageSchedule schedule;
  private final RandomGenerator random;
  private final Surroundings world;
  private final Mailbox host = new Mailbox();
  private final Mailbox journal = new Mailbox();
  private final Map<ResourceKey, Actor> actors = new HashMap<>();
  private final Map<ResourceKey, Long> alarms =
      new TreeMap<>(java.util.Comparator.comparing(ResourceKey::toString));
  private final List<Parked> parked = new ArrayList<>();
  private final Map<ResourceKey, Kept> kept = new HashMap<>();
  private final List<Kept> decisions = new ArrayList<>();
  private HostLogic logic;
  private long epoch;
  private long made;
  private long lastDecision;

  ControllerSeat(
      Supplier<HostLogic> fresh,
      MessageSchedule schedule,
      RandomGenerator random,
      Surroundings world) {
    this.fresh = fresh;
    this.schedule = schedule;
    this.random = random;
    this.world = world;
    this.logic = fresh.get();
  }

  String name() {
    return logic.profile().controller();
  }

  /// Opens the next epoch: loads everything and wakes whoever has something to do.
  void start() {
    epoch++;
    logic = fresh.get();
    for (var type : logic.followed()) {
      logic.load(type, world.store().list(type), world.store().version(type));
    }
    wake(logic.started());
    for (var key : List.copyOf(kept.keySet())) {
      wake(List.of(new Wake(key, new Cause.Started())));
    }
  }

  /// Loses everything that is not persisted. What is on its way to the journal may get there.
  void crash() {
    actors
        .values()
        .forEach(actor -> {
          actor.dead = true;
          actor.mailbox.clear();
        });
    actors.clear();
    alarms.clear();
    parked.clear();
    host.clear();
    journal.clear();
    start();
  }

  boolean concerns(ResourceKey key) {
    return actors.containsKey(key) || kept.containsKey(key) || logic.look(key).object() != null;
  }

  void changed(WorldStore.Event event) {
    if (!logic.followed().contains(event.event().key().type())) {
      return;
    }
    schedule.tell(
        host,
        () -> {
          wake(logic.changed(event.resource(), event.deleted()));
          unpark();
        });
  }

  /// The earliest moment at which a machine wants to be told the time.
  long due() {
    return alarms.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
  }

  /// The earliest moment at which something that failed is tried again.
  long retryDue() {
    return alarms.entrySet().stream()
        .filter(alarm -> {
          var state = state(alarm.getKey());
          return state != null
              && (state.retry() != null
                  || state.calls().values().stream().anyMatch(call -> !call.done()));
        })
        .mapToLong(Map.Entry::getValue)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  void tick() {
    for (var alarm : List.copyOf(alarms.entrySet())) {
      if (alarm.getValue() <= world.now()) {
        alarms.remove(alarm.getKey());
        var actor = actor(alarm.getKey());
        tell(actor, () -> actor.machine.tick(world.now()));
      }
    }
  }

  @Nullable ObjectState state(ResourceKey key) {
    var decision = kept.get(key);
    return decision == null ? null : StateFormat.decode(decision.body);
  }

  Collection<ResourceKey> remembered() {
    return kept.keySet();
  }

  List<Kept> decisions() {
    return decisions;
  }

  private void wake(Collection<Wake> wakes) {
    for (var wake : wakes) {
      var actor = actor(wake.key());
      tell(actor, () -> actor.machine.wake(wake.cause(), world.now()));
    }
  }

  private Actor actor(ResourceKey key) {
    return actors.computeIfAbsent(
        key,
        _ ->
            new Actor(
                key,
                new ObjectMachine(
                    logic.profile(), key, "e" + epoch + "." + ++made, state(key), random)));
  }

  private void tell(Actor actor, Supplier<List<Effect>> message) {
    schedule.tell(
        actor.mailbox,
        () -> {
          if (!actor.dead) {
            message.get().forEach(effect -> carryOut(actor, effect));
          }
        });
  }

  private void carryOut(Actor actor, Effect effect) {
    switch (effect) {
      case Effect.Look(var floor) ->
          schedule.tell(
              host,
              () -> {
                parked.add(new Parked(actor, floor));
                unpark();
              });
      case Effect.Reconcile asked -> reconcile(actor, asked);
      case Effect.Persist(var state) -> persist(actor, StateFormat.encode(state));
      case Effect.Forget _ -> persist(actor, null);
      case Effect.Write(var write) ->
          world.write(
              write,
              answer ->
                  tell(actor, () -> actor.machine.written(write, answer.outcome, world.now())));
      case Effect.Note(var write) -> world.write(write, _ -> {});
      case Effect.Call call ->
          world.call(call, answer -> tell(actor, () -> answered(actor, call, answer)));
      case Effect.Rest(long due, var floor) -> {
        if (due == Long.MAX_VALUE) {
          alarms.remove(actor.key);
        } else {
          alarms.put(actor.key, due);
        }
        passivate(actor, floor);
      }
    }
  }

  private List<Effect> answered(Actor actor, Effect.Call call, CallAnswer answer) {
    return answer.failure == null
        ? actor.machine.callSucceeded(
            call.name(), call.key(), answer.result == null ? "" : answer.result, world.now())
        : actor.machine.callFailed(call.name(), call.key(), answer.failure, world.now());
  }

  private void passivate(Actor actor, Map<ResourceKey, Long> floor) {
    if (actor.machine.resting()
        && actor.mailbox.isEmpty()
        && logic.reached(floor)
        && random.nextBoolean()) {
      actor.dead = true;
      actors.remove(actor.key);
    }
  }

  private void unpark() {
    for (var one : List.copyOf(parked)) {
      if (logic.reached(one.floor)) {
        parked.remove(one);
        var sight = logic.look(one.actor.key);
        tell(one.actor, () -> one.actor.machine.seen(sight, world.now()));
      }
    }
  }

  private void reconcile(Actor actor, Effect.Reconcile asked) {
    schedule.tell(
        logic.serial() ? host : new Mailbox(),
        () -> {
          if (actor.dead) {
            return;
          }
          Plan plan;
          try {
            plan = logic.reconcile(asked);
          } catch (RuntimeException thrown) {
            tell(
                actor,
                () -> actor.machine.planFailed(asked.number(), thrown.toString(), world.now()));
            return;
          }
          if (!logic.serial() && !logic.reconcile(asked).equals(plan)) {
            throw new AssertionError(
                name() + " decides differently on the same view of " + actor.key);
          }
          tell(actor, () -> actor.machine.planned(asked.number(), plan, world.now()));
        });
  }

  private void persist(Actor actor, byte @Nullable [] body) {
    schedule.tell(
        journal,
        () -> {
          lastDecision = Math.max(lastDecision + 1, world.now() << 16);
          if (body == null) {
            kept.remove(actor.key);
          } else {
            var decision = new Kept(lastDecision, body);
            kept.put(actor.key, decision);
            decisions.add(decision);
          }
          long version = lastDecision;
          tell(actor, () -> actor.machine.persisted(version, world.now()));
        });
  }
}

package dev.troupe.testkit.world.controller;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.controller.logic.HostLogic;
import dev.troupe.runtime.controller.logic.host.DecisionClock;
import dev.troupe.runtime.controller.logic.host.HostMessage;
import dev.troupe.runtime.controller.logic.object.ObjectEffect;
import dev.troupe.runtime.controller.logic.object.ObjectMachine;
import dev.troupe.runtime.controller.logic.object.ObjectMessage;
import dev.troupe.runtime.controller.logic.state.ObjectState;
import dev.troupe.runtime.controller.logic.state.StateFormat;
import dev.troupe.runtime.controller.plan.PlannedWrite;
import dev.troupe.runtime.controller.plan.WriteOutcome;
import dev.troupe.testkit.world.Schedule;
import java.util.function.Consumer;

/// Carries the machine of one object of a controller: its mailbox, and what it asks for. Messages
/// to a stopped one are lost.
final class SeatedObject {

  private final ResourceKey key;
  private final ControllerSeat seat;
  private final SeatedHost host;
  private final HostLogic logic;
  private final DecisionClock clock;
  private final Schedule.Mailbox journal;
  private final Schedule schedule;
  private final Surroundings world;
  private final ObjectMachine machine;
  private final Schedule.Mailbox mailbox;

  SeatedObject(
      ResourceKey key,
      String incarnation,
      ControllerSeat seat,
      SeatedHost host,
      DecisionClock clock,
      Schedule.Mailbox journal,
      Schedule schedule,
      Surroundings world) {
    this.key = key;
    this.seat = seat;
    this.host = host;
    this.logic = host.logic();
    this.clock = clock;
    this.journal = journal;
    this.schedule = schedule;
    this.world = world;
    this.mailbox = schedule.mailbox();
    this.machine =
        new ObjectMachine(logic.profile(), key, incarnation, seat.state(key), schedule.random());
  }

  void stop() {
    mailbox.stop();
  }

  void tell(ObjectMessage message) {
    mailbox.put(() -> on(message));
  }

  private void on(ObjectMessage message) {
    var effects = machine.on(message, schedule.millis());
    effects.forEach(this::carryOut);
    if (message instanceof ObjectMessage.FromHost) {
      host.tell(new HostMessage.Handled(key));
    }
    for (var effect : effects) {
      if (effect instanceof ObjectEffect.Rest(long due, var floor, boolean mayLeave)) {
        host.tell(new HostMessage.Rested(key, due, floor, mayLeave));
      } else if (effect instanceof ObjectEffect.Await) {
        host.tell(new HostMessage.Awaits(key));
      }
    }
  }

  private void carryOut(ObjectEffect effect) {
    switch (effect) {
      case ObjectEffect.Look(var floor) -> host.tell(new HostMessage.Look(key, floor));
      case ObjectEffect.Reconcile asked -> reconcile(asked);
      case ObjectEffect.Persist(var state) -> journal.put(() -> persist(state));
      case ObjectEffect.Forget _ -> journal.put(this::forget);
      case ObjectEffect.Write(var write, long seen) ->
          write(write, seen, outcome -> tell(new ObjectMessage.Written(write, outcome)));
      case ObjectEffect.Note(var write, long seen) -> write(write, seen, _ -> {});
      case ObjectEffect.Call call -> world.call(call, this::tell);
      case ObjectEffect.Circles _ -> seat.circles(key);
      case ObjectEffect.Rest _, ObjectEffect.Await _ -> {
        // Told to the host when it knows that the message is handled.
      }
    }
  }

  private void write(PlannedWrite write, long seen, Consumer<WriteOutcome> then) {
    world.write(host::mayDo, write, seen, then);
  }

  private void reconcile(ObjectEffect.Reconcile asked) {
    if (logic.serial()) {
      host.tell(new HostMessage.Decide(key, asked));
    } else {
      schedule.mailbox().put(() -> tell(planned(asked)));
    }
  }

  private ObjectMessage planned(ObjectEffect.Reconcile asked) {
    ObjectMessage.Planned answer;
    try {
      answer = logic.reconcile(asked);
    } catch (RuntimeException thrown) {
      return new ObjectMessage.PlanFailed(asked.number(), thrown.toString());
    }
    if (!logic.reconcile(asked).equals(answer)) {
      throw new AssertionError(
          logic.profile().controller() + " decides differently on the same view of " + key);
    }
    return answer;
  }

  private void persist(ObjectState state) {
    if (!host.mayDo(state)) {
      return;
    }
    long version = clock.next();
    seat.keep(key, new ControllerSeat.Kept(version, StateFormat.encode(state)));
    tell(new ObjectMessage.Persisted(version));
  }

  private void forget() {
    if (!host.mayDo("forget " + key)) {
      return;
    }
    seat.forget(key);
    tell(new ObjectMessage.Persisted(clock.next()));
  }
}

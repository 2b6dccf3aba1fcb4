package dev.troupe.testkit.world.controller;

import dev.troupe.api.controller.Plan;
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
import dev.troupe.runtime.controller.plan.UnfitPlanException;
import dev.troupe.runtime.controller.plan.WriteOutcome;
import dev.troupe.testkit.world.Schedule;
import dev.troupe.testkit.world.replay.WatchedDecoder;
import dev.troupe.testkit.world.story.PlanText;
import dev.troupe.testkit.world.story.Unexpected;
import java.util.List;
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
    if (world.steps().isOver()) {
      return;
    }
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
    if (world.steps().isOver()) {
      return;
    }
    switch (effect) {
      case ObjectEffect.Look(var floor) -> host.tell(new HostMessage.Look(key, floor));
      case ObjectEffect.Reconcile asked -> reconcile(asked);
      case ObjectEffect.Persist(var state) -> journal.put(() -> persist(state));
      case ObjectEffect.Forget _ -> journal.put(this::forget);
      case ObjectEffect.Write(var write, long seen) ->
          write(write, seen, outcome -> answered(new ObjectMessage.Written(write, outcome)));
      case ObjectEffect.Note(var write, long seen) -> write(write, seen, _ -> {});
      case ObjectEffect.Call call -> world.call(key, call, this::answered);
      case ObjectEffect.Circles _ -> seat.circles(key);
      case ObjectEffect.Rest _, ObjectEffect.Await _ -> {
        // Told to the host when it knows that the message is handled.
      }
    }
  }

  private void write(PlannedWrite write, long seen, Consumer<WriteOutcome> then) {
    world.write(host::mayDo, write, seen, then);
  }

  private void answered(ObjectMessage answer) {
    mailbox.put(() -> {
      on(answer);
      world.steps().passed(() -> seat.name() + " was answered about " + key);
    });
  }

  private void reconcile(ObjectEffect.Reconcile asked) {
    if (logic.serial()) {
      host.tell(new HostMessage.Decide(key, asked));
    } else {
      schedule.mailbox().put(() -> tell(planned(asked)));
    }
  }

  private ObjectMessage planned(ObjectEffect.Reconcile asked) {
    WatchedDecoder.Watched<ObjectMessage.Planned> watched;
    try {
      watched = world.decoder().watch(asked.sight().object(), () -> logic.reconcile(asked));
    } catch (RuntimeException thrown) {
      var why = UnfitPlanException.words(thrown);
      world.story().failed(seat.name(), key, asked, why);
      return new ObjectMessage.PlanFailed(asked.number(), why);
    }
    var plan = watched.answer().plan();
    world.story().decided(seat.name(), key, asked, plan);
    seat.log().add(key, asked, plan);
    isPure(asked, plan, watched.modified());
    return watched.answer();
  }

  private void isPure(ObjectEffect.Reconcile asked, Plan plan, List<String> modified) {
    if (!modified.isEmpty()) {
      throw impure("has modified the object that it was asked about", modified);
    }
    var differences = PlanText.differences(plan, logic.reconcile(asked).plan());
    if (!differences.isEmpty()) {
      throw impure("decides otherwise when it is asked twice with the same input", differences);
    }
  }

  private Unexpected impure(String what, List<String> where) {
    return new Unexpected(
        key, seat.name() + ", asked about " + key + ", " + what + ": " + String.join(", ", where));
  }

  private void persist(ObjectState state) {
    if (!host.mayDo(state)) {
      return;
    }
    long version = clock.next();
    seat.keep(key, new ControllerSeat.Kept(version, StateFormat.encode(state), schedule.millis()));
    tell(new ObjectMessage.Persisted(version));
    world.steps().passed(() -> "a decision of " + seat.name() + " about " + key + " was kept");
  }

  private void forget() {
    if (!host.mayDo("forget " + key)) {
      return;
    }
    seat.forget(key);
    tell(new ObjectMessage.Persisted(clock.next()));
    world.steps().passed(() -> seat.name() + " forgot " + key);
  }
}

package dev.troupe.testkit.world.controller;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.controller.logic.HostLogic;
import dev.troupe.runtime.controller.logic.host.DecisionClock;
import dev.troupe.runtime.controller.logic.host.HostEffect;
import dev.troupe.runtime.controller.logic.host.HostLimits;
import dev.troupe.runtime.controller.logic.host.HostMachine;
import dev.troupe.runtime.controller.logic.host.HostMessage;
import dev.troupe.runtime.controller.logic.state.HostPosition;
import dev.troupe.testkit.world.Schedule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// Carries the machine of a controller's host through one epoch: its mailbox, its objects, and the
/// collections that it follows. Now and then a listing fails or a following ends.
final class SeatedHost {

  private static final double NOT_LISTED = 0.05;
  private static final double ENDED = 0.005;
  private static final double MARK = 0.1;
  private static final double NOT_KEPT = 0.1;
  private static final double NOT_RECALLED = 0.05;
  private static final int MOST_AWAKE = 20;

  private final HostLogic logic;
  private final long epoch;
  private final ControllerSeat seat;
  private final Schedule schedule;
  private final Surroundings world;
  private final HostMachine machine;
  private final DecisionClock clock;
  private final Schedule.Mailbox mailbox;
  private final Schedule.Mailbox journal;
  private final Map<ResourceKey, SeatedObject> objects = new HashMap<>();
  private final Set<TypeRef> followed = new HashSet<>();

  /// Changes that have not come yet.
  private final Map<TypeRef, List<WorldStore.Event>> late = new HashMap<>();

  private long alarms;

  SeatedHost(
      HostLogic logic, long epoch, ControllerSeat seat, Schedule schedule, Surroundings world) {
    this.logic = logic;
    this.epoch = epoch;
    this.seat = seat;
    this.schedule = schedule;
    this.world = world;
    this.mailbox = schedule.mailbox();
    this.journal = schedule.mailbox();
    this.clock = new DecisionClock(0, seat.lastVersion(), schedule);
    var limits = new HostLimits(1 + schedule.random().nextInt(MOST_AWAKE), 0);
    this.machine = new HostMachine(logic, limits, epoch, seat.past(), seat::remembers, clock::last);
    tell(new HostMessage.Start());
  }

  /// What was on its way is lost.
  void stop() {
    mailbox.stop();
    journal.stop();
    objects.values().forEach(SeatedObject::stop);
  }

  HostLogic logic() {
    return logic;
  }

  boolean isAwake(ResourceKey key) {
    return objects.containsKey(key);
  }

  long due(ResourceKey key) {
    return machine.due(key);
  }

  void changed(WorldStore.Event event) {
    var type = event.event().key().type();
    if (!followed.contains(type)) {
      return;
    }
    if (schedule.chance(ENDED)) {
      followed.remove(type);
      late.remove(type);
      tell(new HostMessage.FollowingEnded(type, schedule.chance(0.5)));
    } else {
      bring(event);
    }
  }

  void tell(HostMessage message) {
    mailbox.put(() -> on(message));
  }

  private void on(HostMessage message) {
    machine.on(message, schedule.millis()).forEach(this::carryOut);
    if (!(message instanceof HostMessage.Mark) && schedule.chance(MARK)) {
      tell(new HostMessage.Mark());
    }
    if (message instanceof HostMessage.Mark && seat.keepsAheadOfTheWork() && machine.running()) {
      keep(seen());
    }
    boolean waiting = machine.waiting() > 0 && mailbox.isEmpty();
    boolean rested =
        message instanceof HostMessage.AlarmRang
            || (message instanceof HostMessage.Rested && schedule.chance(0.5));
    if (!(message instanceof HostMessage.Sweep) && (waiting || rested)) {
      tell(new HostMessage.Sweep());
    }
  }

  private void carryOut(HostEffect effect) {
    if (world.steps().isOver()) {
      return;
    }
    switch (effect) {
      case HostEffect.List(var type) -> list(type);
      case HostEffect.Follow(var type, long version) -> follow(type, version);
      case HostEffect.Recall recall -> recall(recall);
      case HostEffect.Keep(var position) -> keep(position);
      case HostEffect.TellAgain(var what) -> tell(what);
      case HostEffect.Spawn(var key, _, var incarnation) -> spawn(key, incarnation);
      case HostEffect.Tell(var key, var message) -> object(key).tell(message);
      case HostEffect.Dismiss(var key) -> {
        object(key).stop();
        objects.remove(key);
      }
      case HostEffect.SetAlarm(long due) -> setAlarm(due);
      case HostEffect.Begun _, HostEffect.Faulted _ -> {}
    }
  }

  private void list(TypeRef type) {
    schedule
        .mailbox()
        .put(() -> {
          var store = world.store();
          tell(
              schedule.chance(NOT_LISTED)
                  ? new HostMessage.NotListed(type)
                  : new HostMessage.Listed(type, store.list(type), store.version(type)));
        });
  }

  private void recall(HostEffect.Recall asked) {
    schedule
        .mailbox()
        .put(() ->
            tell(
                new HostMessage.Recalled(
                    asked,
                    schedule.chance(NOT_RECALLED)
                        ? null
                        : world.store().changed(asked.type(), asked.after(), asked.upTo()))));
  }

  private void keep(HostPosition position) {
    if (schedule.chance(NOT_KEPT) || !world.disturbances().keepsPositions()) {
      tell(new HostMessage.NotKept());
    } else {
      journal.put(() -> {
        if (mayDo(position)) {
          seat.keep(position);
          world.steps().passed(() -> "the position of " + seat.name() + " was kept");
        }
      });
    }
  }

  /// Whether it may change something outside; a host that has been replaced ends when it tries.
  boolean mayDo(Object what) {
    boolean may = seat.admits(epoch, what);
    if (!may) {
      stop();
    }
    return may;
  }

  /// How far it sees, whatever it has done about that.
  private HostPosition seen() {
    return new HostPosition(
        clock.last(),
        logic.followed().stream().collect(Collectors.toMap(type -> type, logic::version)));
  }

  private void follow(TypeRef type, long version) {
    followed.add(type);
    world.store().log().stream()
        .filter(
            event -> event.event().key().type().equals(type) && event.event().version() > version)
        .forEach(this::bring);
  }

  private void bring(WorldStore.Event event) {
    if (world.disturbances().lag().isZero() && !late.containsKey(event.event().key().type())) {
      tell(change(event));
    } else {
      bringLate(event);
    }
  }

  /// Together with those that come before it is there.
  private void bringLate(WorldStore.Event event) {
    var type = event.event().key().type();
    var waiting = late.get(type);
    if (waiting != null) {
      waiting.add(event);
      return;
    }
    var changes = new ArrayList<>(List.of(event));
    late.put(type, changes);
    world.later(() -> {
      if (late.remove(type, changes)) {
        mailbox.put(() -> changes.forEach(one -> on(change(one))));
      }
    });
  }

  private static HostMessage change(WorldStore.Event event) {
    return new HostMessage.Changed(event.resource(), event.deleted());
  }

  private void setAlarm(long due) {
    long number = ++alarms;
    schedule.after(
        Duration.ofMillis(Math.max(1, due - schedule.millis())),
        () -> {
          if (number == alarms) {
            tell(new HostMessage.AlarmRang());
            world.steps().passed(() -> "an alarm of " + seat.name() + " rang");
          }
        });
  }

  private void spawn(ResourceKey key, String incarnation) {
    objects.put(
        key, new SeatedObject(key, incarnation, seat, this, clock, journal, schedule, world));
  }

  private SeatedObject object(ResourceKey key) {
    return Objects.requireNonNull(objects.get(key), () -> key + " is not awake");
  }
}

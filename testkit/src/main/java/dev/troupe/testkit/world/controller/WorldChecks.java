package dev.troupe.testkit.world.controller;

import dev.troupe.api.controller.Activity;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.controller.logic.state.ObjectState;
import dev.troupe.runtime.controller.logic.state.StateFormat;
import dev.troupe.runtime.controller.view.ControllerJson;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.testkit.world.replay.DecisionLog;
import dev.troupe.testkit.world.replay.DecisionTape;
import dev.troupe.testkit.world.story.Unexpected;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What must hold of every world.
final class WorldChecks {

  /// A clock that a controller reads shows another time after so long.
  private static final long OTHER_TIME_NANOS = 2_000_000;

  /// How late a timer may fire where there is much to do.
  private static final long LATE_MILLIS = 10_000;

  private final ControllerWorld world;
  private final WorldStore store;

  WorldChecks(ControllerWorld world) {
    this.world = world;
    this.store = world.store();
  }

  /// @param modified viewed objects that somebody has modified
  void check(List<ControllerSeat> seats, Collection<ResourceKey> modified) {
    versionsRiseAndTellCauses();
    nothingIsWrittenTwice();
    objectsAreWhatTheLogAddsUpTo();
    nothingIsModified(modified);
    seats.forEach(this::nothingFails);
    seats.forEach(this::nothingCircles);
    seats.forEach(this::theGoneAreForgotten);
    seats.forEach(this::nobodyIntrudes);
    seats.forEach(this::decisionsAreInOrder);
    seats.forEach(this::timersFireOnce);
    seats.forEach(this::noTimerIsForgotten);
    activitiesHaveTheirKeys();
    activitiesAreDecidedFirst(seats);
  }

  private void nothingIsModified(Collection<ResourceKey> modified) {
    if (!modified.isEmpty()) {
      var key = modified.iterator().next();
      throw new Unexpected(
          key, "viewed objects are shared, but somebody has modified " + world.name(key));
    }
  }

  private void versionsRiseAndTellCauses() {
    var last = new HashMap<TypeRef, Long>();
    for (var one : store.log()) {
      var event = one.event();
      if (event.version() <= last.getOrDefault(event.key().type(), 0L)) {
        throw new Unexpected(event.key(), "version of " + event + " is not above the one before");
      }
      last.put(event.key().type(), event.version());
      if (event.cause().name().isEmpty() || event.cause().reason().isEmpty()) {
        throw new Unexpected(event.key(), event + " has no cause");
      }
    }
  }

  /// A write of a plan is stored once, and a name that was made up is never made up again.
  private void nothingIsWrittenTwice() {
    var keys = new HashSet<String>();
    var created = new HashSet<ResourceKey>();
    for (var one : store.log()) {
      var event = one.event();
      if (!event.mutationKey().isEmpty()
          && !keys.add(event.mutationKey() + " " + event.key())
          && event.cause().subject() != null) {
        throw new Unexpected(event.key(), "the write " + event.mutationKey() + " was stored twice");
      }
      if (event.type() == EventRecord.Type.CREATED
          && !created.add(event.key())
          && isNamedByPlan(event)) {
        throw new Unexpected(
            event.key(), world.name(event.key()) + " was deleted, and brought back by an old plan");
      }
    }
  }

  private static boolean isNamedByPlan(EventRecord event) {
    return event.cause().subject() != null
        && ControllerJson.object(event.body()).path("metadata").hasNonNull("generateName");
  }

  private void objectsAreWhatTheLogAddsUpTo() {
    var folded = new HashMap<ResourceKey, StoredResource>();
    for (var one : store.log()) {
      if (one.event().type() == EventRecord.Type.DELETED) {
        folded.remove(one.event().key());
      } else {
        folded.put(one.event().key(), one.resource());
      }
    }
    folded.forEach((key, resource) -> {
      if (!store.get(key).filter(resource::equals).isPresent()) {
        throw new Unexpected(key, world.name(key) + " is not what the log adds up to");
      }
    });
  }

  private void nothingFails(ControllerSeat seat) {
    for (var key : seat.remembered()) {
      var state = seat.state(key);
      if (state != null && state.retry() != null) {
        throw new Unexpected(
            key, seat.name() + " fails on " + world.name(key) + ": " + state.retry().message());
      }
    }
  }

  private void nothingCircles(ControllerSeat seat) {
    if (!seat.circling().isEmpty()) {
      var key = seat.circling().iterator().next();
      throw new Unexpected(key, seat.name() + " has gone in circles with " + world.name(key));
    }
  }

  /// Whatever is remembered of them would be kept for ever.
  private void theGoneAreForgotten(ControllerSeat seat) {
    for (var key : seat.remembered()) {
      if (store.get(key).isEmpty()) {
        throw new Unexpected(
            key, seat.name() + " remembers " + world.name(key) + ", which is gone");
      }
    }
  }

  private void nobodyIntrudes(ControllerSeat seat) {
    if (!seat.intrusions().isEmpty()) {
      throw new Unexpected(null, seat.name() + ": " + seat.intrusions().getFirst());
    }
  }

  private void decisionsAreInOrder(ControllerSeat seat) {
    long before = 0;
    for (var decision : seat.decisions()) {
      if (decision.version() <= before) {
        throw new Unexpected(null, "decisions of " + seat.name() + " are out of order");
      }
      before = decision.version();
    }
  }

  /// A timer that has fired was set, for no later moment, and is over.
  private void timersFireOnce(ControllerSeat seat) {
    var before = new HashMap<ResourceKey, ObjectState>();
    for (var decision : seat.decisions()) {
      var state = StateFormat.decode(decision.body());
      var known = before.put(state.key(), state);
      for (var timer : isSaved(known, state) ? List.<String>of() : fired(state)) {
        var due = known == null ? null : known.timers().get(timer);
        if (due == null || due > decision.atMillis() || goesOn(state, timer, due)) {
          throw new Unexpected(
              state.key(),
              firing(seat, state, timer, decision.atMillis())
                  + (due == null ? "not set" : "due " + Instant.ofEpochMilli(due)));
        }
      }
    }
  }

  /// Whether nothing was decided, but something has happened that is to be kept.
  private static boolean isSaved(@Nullable ObjectState before, ObjectState state) {
    return before != null
        && before.causes().equals(state.causes())
        && before.timers().equals(state.timers());
  }

  private static boolean goesOn(ObjectState state, String timer, Long due) {
    return due.equals(state.timers().get(timer)) && !state.plan().contains("timer " + timer);
  }

  private String firing(ControllerSeat seat, ObjectState state, String timer, long at) {
    return seat.name()
        + " decided about "
        + world.name(state.key())
        + " at "
        + Instant.ofEpochMilli(at)
        + " because its timer "
        + timer
        + " had fired, which was ";
  }

  private static List<String> fired(ObjectState state) {
    return state.causes().stream()
        .filter(cause -> cause.startsWith("timer ") && cause.endsWith(" fired"))
        .map(cause -> cause.substring("timer ".length(), cause.length() - " fired".length()))
        .toList();
  }

  private void noTimerIsForgotten(ControllerSeat seat) {
    long late = world.schedule().millis() - LATE_MILLIS;
    for (var key : seat.remembered()) {
      var state = seat.state(key);
      if (state != null && !seat.logic().profile().settings().paused()) {
        state
            .timers()
            .forEach((timer, due) -> {
              if (due < late) {
                throw new Unexpected(
                    key,
                    "timer %s of %s for %s was due %s, and has not fired"
                        .formatted(timer, seat.name(), world.name(key), Instant.ofEpochMilli(due)));
              }
            });
      }
    }
  }

  /// One key belongs to one activity, whatever becomes of its attempts.
  private void activitiesHaveTheirKeys() {
    var known = new HashMap<String, Activity>();
    for (var attempt : world.activities().carried()) {
      var before = known.putIfAbsent(attempt.key(), attempt.activity());
      if (before != null && !before.equals(attempt.activity())) {
        throw new Unexpected(
            null,
            before
                + " and "
                + attempt.activity()
                + " were carried out with the same key "
                + attempt.key());
      }
    }
  }

  /// What is carried out was kept before, and what is done was carried out.
  private void activitiesAreDecidedFirst(List<ControllerSeat> seats) {
    var done = new HashMap<String, ResourceKey>();
    var kept = new HashSet<String>();
    for (var seat : seats) {
      for (var decision : seat.decisions()) {
        var state = StateFormat.decode(decision.body());
        for (var call : state.calls().values()) {
          kept.add(call.key());
          if (call.done()) {
            done.put(call.key(), state.key());
          }
        }
      }
    }
    for (var attempt : world.activities().carried()) {
      if (!kept.contains(attempt.key())) {
        throw new Unexpected(
            null, attempt.activity() + " was carried out, but never decided: " + attempt.key());
      }
      if (attempt.succeeded()) {
        done.remove(attempt.key());
      }
    }
    done.forEach((call, key) -> {
      throw new Unexpected(key, "an activity counts as done, but never was: " + call);
    });
  }

  /// Has every decision made again.
  void replay(List<ControllerSeat> seats, List<DecisionTape<?>> tapes) {
    letTheClockGoOn();
    for (var seat : seats) {
      if (!seat.logic().serial()) {
        seat.log()
            .replay(asked -> seat.logic().reconcile(asked).plan())
            .ifPresent(other -> {
              throw otherwise(seat.name(), other);
            });
      }
    }
    for (var tape : tapes) {
      tape.replay()
          .ifPresent(other -> {
            throw otherwise(tape.name(), other);
          });
    }
  }

  private Unexpected otherwise(String controller, DecisionLog.OtherDecision other) {
    return new Unexpected(
        other.key(),
        controller
            + " is no function of what it is asked with, as if it read a clock, chance or a field"
            + " of its own: about "
            + world.name(other.key())
            + " "
            + other.words());
  }

  /// So that a controller that reads it is found.
  private static void letTheClockGoOn() {
    long start = System.nanoTime();
    while (System.nanoTime() - start < OTHER_TIME_NANOS) {
      Thread.onSpinWait();
    }
  }
}

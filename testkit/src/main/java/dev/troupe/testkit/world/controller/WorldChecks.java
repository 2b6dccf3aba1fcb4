package dev.troupe.testkit.world.controller;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.store.EventRecord;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.function.Function;

/// What must hold of every world.
final class WorldChecks {

  private final WorldStore store;
  private final Function<String, AssertionError> failure;

  WorldChecks(WorldStore store, Function<String, AssertionError> failure) {
    this.store = store;
    this.failure = failure;
  }

  /// @param modified viewed objects that somebody has modified
  void check(List<ControllerSeat> seats, Collection<?> modified) {
    versionsRiseAndTellCauses();
    objectsAreWhatTheLogAddsUpTo();
    if (!modified.isEmpty()) {
      throw failure.apply("viewed objects were modified: " + modified);
    }
    seats.forEach(this::nothingFails);
    seats.forEach(this::nothingCircles);
    seats.forEach(this::theGoneAreForgotten);
    seats.forEach(this::nobodyIntrudes);
    seats.forEach(this::decisionsAreInOrder);
  }

  private void versionsRiseAndTellCauses() {
    var last = new HashMap<TypeRef, Long>();
    for (var one : store.log()) {
      var event = one.event();
      if (event.version() <= last.getOrDefault(event.key().type(), 0L)) {
        throw failure.apply("version of " + event + " is not above the one before");
      }
      last.put(event.key().type(), event.version());
      if (event.cause().name().isEmpty() || event.cause().reason().isEmpty()) {
        throw failure.apply(event + " has no cause");
      }
    }
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
        throw failure.apply(key + " is not what the log adds up to");
      }
    });
  }

  private void nothingFails(ControllerSeat seat) {
    for (var key : seat.remembered()) {
      var state = seat.state(key);
      if (state != null && state.retry() != null) {
        throw failure.apply(seat.name() + " fails on " + key + ": " + state.retry().message());
      }
    }
  }

  private void nothingCircles(ControllerSeat seat) {
    if (!seat.circling().isEmpty()) {
      throw failure.apply(seat.name() + " has gone in circles with " + seat.circling());
    }
  }

  /// Whatever is remembered of them would be kept for ever.
  private void theGoneAreForgotten(ControllerSeat seat) {
    for (var key : seat.remembered()) {
      if (store.get(key).isEmpty()) {
        throw failure.apply(seat.name() + " remembers " + key + ", which is gone");
      }
    }
  }

  private void nobodyIntrudes(ControllerSeat seat) {
    if (!seat.intrusions().isEmpty()) {
      throw failure.apply(seat.name() + ": " + seat.intrusions().getFirst());
    }
  }

  private void decisionsAreInOrder(ControllerSeat seat) {
    long before = 0;
    for (var decision : seat.decisions()) {
      if (decision.version() <= before) {
        throw failure.apply("decisions of " + seat.name() + " are out of order");
      }
      before = decision.version();
    }
  }
}

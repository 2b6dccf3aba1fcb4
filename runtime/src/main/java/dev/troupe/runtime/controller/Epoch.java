package dev.troupe.runtime.controller;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.controller.logic.host.DecisionClock;
import dev.troupe.runtime.controller.logic.host.HostPast;
import dev.troupe.runtime.controller.logic.state.Circling;
import dev.troupe.runtime.controller.logic.state.HostPosition;
import dev.troupe.runtime.controller.logic.state.ObjectState;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.LatestRecords;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/// One epoch of a host: its number, its clock, and the newest decision about every object. Shared
/// by the host and its actors.
final class Epoch implements LatestRecords {

  private static final int MOST_TOLD = 10;

  private final long number;
  private final DecisionClock clock;
  private final ConcurrentHashMap<ResourceKey, EventRecord> newest = new ConcurrentHashMap<>();

  /// The objects that have failed so often that they are tried at a slow pace.
  private final Set<ResourceKey> quarantine = ConcurrentHashMap.newKeySet();

  private final Circling circling = new Circling();
  private final @Nullable HostPosition position;

  /// @param position from where the controller can go on; null if from nowhere
  Epoch(long number, DecisionClock clock, @Nullable HostPosition position) {
    this.number = number;
    this.clock = clock;
    this.position = position;
  }

  long number() {
    return number;
  }

  DecisionClock clock() {
    return clock;
  }

  /// Takes note of a stored decision. Nothing is kept of those that say that nothing is remembered.
  void stored(EventRecord record) {
    if (record.type() == EventRecord.Type.DELETED) {
      newest.remove(record.key());
    } else {
      newest.put(record.key(), record);
    }
  }

  /// Takes note of what a decision says about failures.
  ///
  /// @param state null if nothing is remembered
  /// @return whether that is to be told: once when an object fails too often, of few at a time
  boolean failing(ResourceKey decisionKey, @Nullable ObjectState state) {
    if (state != null && state.retry() != null && state.retry().quarantined()) {
      return quarantine.add(decisionKey) && quarantine.size() <= MOST_TOLD;
    }
    quarantine.remove(decisionKey);
    return false;
  }

  Circling circling() {
    return circling;
  }

  int quarantined() {
    return quarantine.size();
  }

  /// What epochs before have left, with a note of the objects that fail. A decision that cannot be
  /// read is left out: its object comes up by itself if it is still there, as everything does then.
  HostPast past(Logger log) {
    var remembered = new ArrayList<HostPast.Known>();
    boolean legible = true;
    for (var decision : newest.values()) {
      var memory = Memory.of(decision);
      if (memory.state() != null) {
        var _ = failing(decision.key(), memory.state());
        remembered.add(
            new HostPast.Known(memory.state().key(), decision.version(), memory.state().due()));
      } else {
        legible = false;
        log.warn("{} cannot be read: {}", decision.key(), memory.illegible());
      }
    }
    return new HostPast(remembered, legible ? position : null);
  }

  /// Whether something is remembered under the key.
  boolean hasDecided(ResourceKey decisionKey) {
    return newest.containsKey(decisionKey);
  }

  int size() {
    return newest.size();
  }

  @Override
  public Optional<Latest> find(ResourceKey key) {
    return Optional.ofNullable(newest.get(key))
        .map(record -> new Latest(record.sequence(), Memory.of(record)));
  }
}

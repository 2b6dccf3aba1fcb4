package dev.troupe.testkit.experiment.witness;

import dev.troupe.testkit.audit.Observation.EventType;

/// A change of an object as an informer was shown it.
///
/// @param nanos when, by the clock of clients
public record ObjectChange(EventType type, WitnessedState state, long nanos) {

  public boolean isDeletion() {
    return type == EventType.DELETED;
  }

  @Override
  public String toString() {
    return type + " " + state;
  }
}

package dev.troupe.runtime.controller.logic.state;

import dev.troupe.api.controller.settings.ControllerSettings;
import dev.troupe.runtime.controller.plan.PlanWriter;

/// What all machines of one controller share.
///
/// @param component who the Events come from
/// @param finalizer empty if the controller needs none
/// @param persistsWrites whether decisions are persisted that have no durable content, only writes
/// @param activities loads the classes of activities
public record Profile(
    String controller,
    String component,
    String fieldManager,
    String finalizer,
    boolean persistsWrites,
    BackOff backOff,
    PlanWriter writer,
    ClassLoader activities,
    ControllerSettings settings) {

  /// Controllers that see results in their view are shown them until the object is gone. To the
  /// others a result is told once, and a call that is planned again is made again.
  public boolean keepsResults() {
    return persistsWrites;
  }
}

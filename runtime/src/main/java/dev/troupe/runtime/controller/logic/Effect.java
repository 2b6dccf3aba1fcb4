package dev.troupe.runtime.controller.logic;

import dev.troupe.api.controller.Activity;
import dev.troupe.api.controller.Cause;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.controller.plan.PlannedWrite;
import dev.troupe.runtime.controller.view.Sight;
import java.time.Instant;
import java.util.Map;

/// What an [ObjectMachine] asks its carrier to do.
public sealed interface Effect {

  /// Look at the object as soon as the view has reached the version of each of these objects'
  /// collections. Answered by [ObjectMachine#seen].
  record Look(Map<ResourceKey, Long> floor) implements Effect {}

  /// Call the controller. Answered, with the same number, by [ObjectMachine#planned] or
  /// [ObjectMachine#planFailed].
  record Reconcile(long number, Sight sight, Cause cause, ObjectState state, Instant now)
      implements Effect {}

  /// Persist a decision. Answered by [ObjectMachine#persisted].
  record Persist(ObjectState state) implements Effect {}

  /// The object is gone: persist that nothing is to be remembered. Answered by
  /// [ObjectMachine#persisted].
  record Forget(ObjectState last) implements Effect {}

  /// Carry out a write. Answered, with its key, by [ObjectMachine#written].
  record Write(PlannedWrite write) implements Effect {}

  /// Carry out a write whose outcome nobody waits for.
  record Note(PlannedWrite write) implements Effect {}

  /// Carry out an activity. Answered, with its name and key, by [ObjectMachine#callSucceeded] or
  /// [ObjectMachine#callFailed].
  record Call(String name, String key, Activity activity) implements Effect {}

  /// Nothing is to be done now. At `dueMillis` the machine wants to be told the time
  /// ([ObjectMachine#tick]); never if that is [Long#MAX_VALUE]. If it is also
  /// [ObjectMachine#resting] it may be dropped, and made again from its state, as soon as the view
  /// has reached `floor`.
  record Rest(long dueMillis, Map<ResourceKey, Long> floor) implements Effect {}
}

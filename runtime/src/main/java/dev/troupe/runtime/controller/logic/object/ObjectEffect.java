package dev.troupe.runtime.controller.logic.object;

import dev.troupe.api.controller.Activity;
import dev.troupe.api.controller.Cause;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.controller.logic.state.ObjectState;
import dev.troupe.runtime.controller.plan.PlannedWrite;
import dev.troupe.runtime.controller.view.Sight;
import java.time.Instant;
import java.util.Map;

/// What an [ObjectMachine] asks its carrier to do.
public sealed interface ObjectEffect {

  /// Look at the object as soon as the view has reached the version of each of these objects'
  /// collections. Answered by [ObjectMessage.Seen].
  record Look(Map<ResourceKey, Long> floor) implements ObjectEffect {}

  /// Call the controller. Answered, with the same number, by [ObjectMessage.Planned] or
  /// [ObjectMessage.PlanFailed].
  record Reconcile(long number, Sight sight, Cause cause, ObjectState state, Instant now)
      implements ObjectEffect {}

  /// Persist a decision. Answered by [ObjectMessage.Persisted].
  record Persist(ObjectState state) implements ObjectEffect {}

  /// The object is gone: persist that nothing is to be remembered. Answered by
  /// [ObjectMessage.Persisted].
  record Forget(ObjectState last) implements ObjectEffect {}

  /// Carry out a write. Answered by [ObjectMessage.Written].
  ///
  /// @param seen the highest version that has been seen
  record Write(PlannedWrite write, long seen) implements ObjectEffect {}

  /// Carry out a write whose outcome nobody waits for.
  ///
  /// @param seen the highest version that has been seen
  record Note(PlannedWrite write, long seen) implements ObjectEffect {}

  /// Carry out an activity. Answered, with its name and key, by [ObjectMessage.CallSucceeded] or
  /// [ObjectMessage.CallFailed].
  record Call(String name, String key, Activity activity) implements ObjectEffect {}

  /// Tell that the controller goes in circles with the object: it is asked again and again, and
  /// nothing comes of it, or no end. It is slowed down by itself.
  ///
  /// @param rounds how often a timer has fired for nothing; 0 if the object is looked at too often
  record Circles(int rounds) implements ObjectEffect {}

  /// Nothing is to be done before a call is answered, and nothing but time would be lost if the
  /// machine were made again from what is persisted.
  record Await() implements ObjectEffect {}

  /// Nothing is to be done now.
  ///
  /// @param dueMillis when to tell [ObjectMessage.Tick]; never if that is [Long#MAX_VALUE]
  /// @param floor what the view has to reach before the machine may leave
  /// @param mayLeave nothing would be lost but time if the machine were put away and made again,
  ///   from what is persisted, when it is due
  record Rest(long dueMillis, Map<ResourceKey, Long> floor, boolean mayLeave)
      implements ObjectEffect {}
}

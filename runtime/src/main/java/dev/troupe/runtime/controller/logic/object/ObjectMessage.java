package dev.troupe.runtime.controller.logic.object;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Plan;
import dev.troupe.runtime.controller.plan.PlannedWrite;
import dev.troupe.runtime.controller.plan.WriteOutcome;
import dev.troupe.runtime.controller.view.Sight;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an [ObjectMachine] is told.
public sealed interface ObjectMessage {

  /// From the host, which sends one at a time: the next when it is told that this one is handled.
  sealed interface FromHost extends ObjectMessage {}

  /// These call for a reconcile.
  record Wake(List<Cause> causes) implements FromHost {
    public Wake(Cause cause) {
      this(List.of(cause));
    }
  }

  /// Time has passed.
  record Tick() implements FromHost {}

  /// The view has reached the floor that was asked for, and this is what it shows.
  record Seen(Sight sight) implements FromHost {}

  /// The controller's answer. Ignored if the round is over.
  ///
  /// @param memory what the controller remembers of the object then, as JSON; null for nothing
  record Planned(long number, Plan plan, @Nullable String memory) implements ObjectMessage {

    /// Of a controller that remembers nothing.
    public Planned(long number, Plan plan) {
      this(number, plan, null);
    }
  }

  /// The controller threw, or did not answer in time.
  record PlanFailed(long number, String message) implements ObjectMessage {}

  /// The decision is durable.
  ///
  /// @param version of the decision
  record Persisted(long version) implements ObjectMessage {}

  /// A write was answered. Ignored if nobody waits for it any more.
  record Written(PlannedWrite write, WriteOutcome outcome) implements ObjectMessage {}

  record CallSucceeded(String name, String key, String result) implements ObjectMessage {}

  record CallFailed(String name, String key, String message) implements ObjectMessage {}

  /// What was told last has made the machine or the controller's code throw: the attempt has
  /// failed.
  record Broke(String message) implements ObjectMessage {}
}

package dev.troupe.api.controller;

import dev.troupe.api.resource.ResourceKey;
import org.jspecify.annotations.Nullable;

/// Why a reconcile runs. Reconciling is level-based: a cause explains, it never replaces looking at
/// the object.
///
/// Causes that come up while a reconcile is going on are coalesced into the next one. Timers and
/// results are not: each gets a reconcile of its own. An object that is being deleted is reconciled
/// with [Deleting] whatever else came up, but for those two.
public sealed interface Cause {

  /// The object is new to the controller.
  record Created() implements Cause {}

  /// The object itself changed.
  record Changed() implements Cause {}

  /// An object that it relates to changed, appeared or went away.
  record RelatedChanged(ResourceKey related) implements Cause {}

  /// The object has a deletion timestamp and still a finalizer, or a grace period to run.
  record Deleting() implements Cause {}

  /// A timer that an earlier plan set has fired.
  record TimerFired(String timer) implements Cause {}

  /// An activity that an earlier plan called has succeeded; `result` is what it returned.
  ///
  /// [View#result] shows the result from now on, after a restart too; this cause may be lost then.
  record Completed(Activity activity, @Nullable String result) implements Cause {}

  /// The last attempt (counted from 1) to carry out a plan, or to make one, failed; or, with a
  /// [Failure.ActivityFailed], one to carry out an activity. That an activity fails [View#failure]
  /// shows as well, until it has succeeded.
  record Failed(int attempt, Failure failure) implements Cause {}

  /// Nothing has come up for as long as the controller's settings say: it looks again.
  record Resynced() implements Cause {}

  /// The controller took the object over: at start, or after its former owner was lost.
  record Started() implements Cause {}
}

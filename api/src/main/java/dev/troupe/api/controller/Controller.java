package dev.troupe.api.controller;

import dev.troupe.api.controller.settings.ControllerSettings;
import io.fabric8.kubernetes.api.model.HasMetadata;

/// Makes what one object asks for true.
///
/// [#reconcile] is a pure function: no clock, no client, no I/O. It must be correct for any cause
/// and any number of times. The runtime never runs two reconciles of one object at once, and shows
/// a controller its own writes.
public interface Controller<R extends HasMetadata> {

  /// The class of the objects that are reconciled.
  Class<R> resource();

  /// A stable name: it identifies the controller's decisions in the journal. Lower case, as in
  /// `deployment`.
  String name();

  /// Who the Events that it notes come from, as `kubectl describe` shows it.
  default String component() {
    return name() + "-controller";
  }

  /// Whose the fields are that it writes, in `managedFields`.
  default String fieldManager() {
    return name();
  }

  /// How objects are made to have the fields that it plans.
  default Manner manner() {
    return Manner.APPLIED;
  }

  /// How much of it runs at once, how fast, and how patiently. Whoever runs it may say otherwise.
  default ControllerSettings settings() {
    return ControllerSettings.DEFAULT;
  }

  /// Declares which other objects the view holds and whose changes wake a reconcile.
  default void observe(Observe<R> on) {}

  /// What shall be true for `resource`, and what is to be done once.
  Plan reconcile(R resource, View view, Cause cause);

  /// The finalizer that the runtime puts on every object before the first plan is carried out, or
  /// empty if the controller needs none. While it is set a deletion arrives as [Cause.Deleting],
  /// and [Plan#release()] takes it off.
  default String finalizer() {
    return "";
  }

  /// How objects are made to have planned fields.
  enum Manner {

    /// By server-side apply, with the controller as field manager, which takes fields from others
    /// if it must: a field that it does not plan any more goes. `observedGeneration` and the
    /// condition `Ready` of a status that has them are set if the plan leaves them out.
    APPLIED,

    /// Merged into what is there: what is not planned any more stays, and a status is what it is.
    /// For controllers that plan a part of what they have written before.
    MERGED
  }
}

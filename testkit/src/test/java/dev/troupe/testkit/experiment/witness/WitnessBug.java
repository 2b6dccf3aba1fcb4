package dev.troupe.testkit.experiment.witness;

/// What a control plane can do wrong before those who look on.
public enum WitnessBug {
  /// What is deleted goes at once, whoever holds it.
  FORGET_FINALIZERS,
  /// What an owner owns goes with the wish that he goes.
  COLLECT_EARLY,
  COLLECT_NEVER,
  /// Some deletions are shown to nobody.
  HIDE_DELETIONS,
  /// Who asks for a past that is gone is shown what is left of it.
  FORGET_THE_PAST,
  /// What was created is remembered otherwise than it was.
  CHANGE_THE_PAST,
  /// A replica set has one pod more than it wants.
  MAKE_A_POD_TWICE,
  /// A deployment has two replica sets of one template.
  MAKE_A_REPLICA_SET_TWICE,
  /// A deployment lacks a pod.
  LEAVE_A_POD_OUT,
  /// A pod goes when all seems to be done.
  TAKE_A_POD_AWAY
}

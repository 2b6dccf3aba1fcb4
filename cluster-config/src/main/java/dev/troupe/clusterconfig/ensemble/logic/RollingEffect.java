package dev.troupe.clusterconfig.ensemble.logic;

/// What is to be done for a rolling restart.
public sealed interface RollingEffect {

  /// A member is to be stopped cleanly; whoever watches over it starts it again.
  record Stop(String member) implements RollingEffect {}

  /// A person is to read this.
  record Say(String sentence) implements RollingEffect {}

  /// It has succeeded.
  record Finish() implements RollingEffect {}

  /// It goes no further.
  record GiveUp(String sentence) implements RollingEffect {}
}

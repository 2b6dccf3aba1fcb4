package dev.troupe.clusterconfig.supervision.logic;

/// What is to be done about a process.
public sealed interface RestartEffect {

  /// It is to be started now.
  record Start() implements RestartEffect {}

  /// A person is to read this.
  record Tell(String sentence) implements RestartEffect {}
}

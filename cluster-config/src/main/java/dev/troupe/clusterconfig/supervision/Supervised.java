package dev.troupe.clusterconfig.supervision;

import dev.troupe.clusterconfig.supervision.logic.ProcessEnd;
import java.util.Optional;

/// A process that is watched over.
public interface Supervised {

  /// For people.
  String name();

  /// Whether it is to run; false if somebody has stopped it.
  boolean isWanted();

  /// The process, whoever started it.
  Optional<ProcessHandle> running();

  /// How it ended, if it does not run.
  default ProcessEnd end() {
    return ProcessEnd.ORDINARY;
  }

  /// Whether a person has asked for it since it was started last.
  default boolean isAsked() {
    return false;
  }

  /// Starts it; it is found by [#running] when this returns.
  ///
  /// @throws RuntimeException if it cannot be started; says why
  void start();

  /// The last line that it wrote or what ended it, and where there is more.
  String lastWords();
}

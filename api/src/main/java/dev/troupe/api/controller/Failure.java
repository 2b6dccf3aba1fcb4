package dev.troupe.api.controller;

import dev.troupe.api.refusal.CauseType;
import dev.troupe.api.refusal.StatusReason;
import java.util.List;

/// Why an attempt to carry out a plan, or to make one, or an activity came to nothing. Its message
/// is for people; whoever acts on it asks for its type.
public sealed interface Failure {

  String message();

  /// A write of the plan was refused. With a [StatusReason#isConflict] the plan was made on what
  /// has changed since.
  ///
  /// @param causes what was wrong, where the refusal says it more closely
  record Refused(StatusReason reason, String message, List<CauseType> causes) implements Failure {

    public Refused {
      causes = List.copyOf(causes);
    }
  }

  /// Nobody refused anything: there was no plan, it made no sense, or no answer came.
  record Broken(String message) implements Failure {}

  /// An attempt to carry out an activity has failed; it is tried again with the same key.
  ///
  /// @param attempts how many have failed
  record ActivityFailed(Activity activity, int attempts, String message) implements Failure {}
}

package dev.troupe.api.controller;

import java.util.concurrent.CompletionStage;

/// Carries out the activities of one class. Must tolerate being called again with the same key.
@FunctionalInterface
public interface ActivityExecutor<A extends Activity> {

  /// @param key the same for every attempt of this activity, so that the outside world can
  ///   recognise a repetition
  /// @return completes with the result that is reported as [Cause.Completed] (an empty string for
  ///   none), or fails, which is retried
  CompletionStage<String> execute(A activity, String key);
}

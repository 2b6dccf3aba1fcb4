package dev.troupe.api.controller;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadFactory;

/// Carries out the activities of one class. Must tolerate being called again with the same key.
@FunctionalInterface
public interface ActivityExecutor<A extends Activity> {

  /// @param key the same for every attempt of this activity, so that the outside world can
  ///   recognise a repetition
  /// @return completes with the result that is reported as [Cause.Completed] (an empty string for
  ///   none), or fails, which is retried
  CompletionStage<String> execute(A activity, String key);

  /// The same as a method that returns when it is done: each call has a virtual thread of its own,
  /// so that it may block. It is interrupted when the activity's deadline is over.
  @FunctionalInterface
  interface Blocking<A extends Activity> {

    /// @param key see [ActivityExecutor#execute]
    /// @return the result, an empty string for none
    /// @throws Exception which is a failed attempt
    String execute(A activity, String key) throws Exception;
  }

  /// Has each call carried out by a thread of its own.
  ///
  /// @param threads makes virtual ones
  static <A extends Activity> ActivityExecutor<A> blocking(
      ThreadFactory threads, Blocking<A> executor) {
    return (activity, key) -> {
      var answer = new CompletableFuture<String>();
      var thread =
          threads.newThread(() -> {
            try {
              answer.complete(executor.execute(activity, key));
            } catch (Throwable thrown) {
              answer.completeExceptionally(thrown);
            }
          });
      var _ =
          answer.whenComplete((_, _) -> {
            if (answer.isCancelled()) {
              thread.interrupt();
            }
          });
      thread.start();
      return answer;
    };
  }
}

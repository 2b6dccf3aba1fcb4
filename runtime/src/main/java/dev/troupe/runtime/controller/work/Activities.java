package dev.troupe.runtime.controller.work;

import dev.troupe.api.controller.Activity;
import dev.troupe.api.controller.ActivityExecutor;
import dev.troupe.api.controller.PlatformActivity;
import dev.troupe.runtime.controller.platform.PlatformActivities;
import dev.troupe.runtime.failure.Failures;
import dev.troupe.runtime.resource.HostIdentity;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;

/// Who carries out which activity, and until when.
public final class Activities {

  private final Map<Class<?>, BiFunction<Activity, String, CompletionStage<String>>> executors =
      new HashMap<>();
  private final PlatformActivities platform;

  public Activities(PlatformActivities platform) {
    this.platform = platform;
  }

  /// To be called before controllers are started.
  public <A extends Activity> Activities with(Class<A> type, ActivityExecutor<A> executor) {
    executors.put(type, (activity, key) -> executor.execute(type.cast(activity), key));
    return this;
  }

  /// @param key the same for every attempt
  /// @param host for which it is done
  /// @return fails when the activity's deadline is over
  public CompletionStage<String> carryOut(Activity activity, String key, HostIdentity host) {
    try {
      return inTime(activity, begun(activity, key, host).toCompletableFuture());
    } catch (RuntimeException thrown) {
      return CompletableFuture.failedStage(thrown);
    }
  }

  private CompletionStage<String> begun(Activity activity, String key, HostIdentity host) {
    if (activity instanceof PlatformActivity known) {
      return platform.carryOut(known, key, host);
    }
    var executor = executors.get(activity.getClass());
    return executor == null
        ? CompletableFuture.failedStage(
            new IllegalStateException(
                "nobody carries out %s: say who does where the controller is registered"
                    .formatted(activity.getClass().getName())))
        : executor.apply(activity, key);
  }

  private static CompletionStage<String> inTime(
      Activity activity, CompletableFuture<String> answer) {
    return answer
        .copy()
        .orTimeout(activity.deadline().toMillis(), TimeUnit.MILLISECONDS)
        .exceptionallyCompose(failure -> {
          boolean late = Failures.cause(failure) instanceof TimeoutException && !answer.isDone();
          if (late) {
            answer.cancel(true);
          }
          return CompletableFuture.failedFuture(
              late
                  ? new IllegalStateException(
                      "no result after %s, its deadline".formatted(activity.deadline()))
                  : failure);
        });
  }
}

package dev.troupe.runtime.controller.work;

import dev.troupe.api.controller.Activity;
import dev.troupe.api.controller.ActivityExecutor;
import dev.troupe.api.controller.PlatformActivity;
import dev.troupe.runtime.controller.platform.PlatformActivities;
import dev.troupe.runtime.resource.HostIdentity;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/// Who carries out which activity.
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
  public CompletionStage<String> carryOut(Activity activity, String key, HostIdentity host) {
    try {
      if (activity instanceof PlatformActivity known) {
        return platform.carryOut(known, key, host);
      }
      var executor = executors.get(activity.getClass());
      return executor == null
          ? CompletableFuture.failedStage(
              new IllegalStateException("nobody carries out " + activity.getClass().getName()))
          : executor.apply(activity, key);
    } catch (RuntimeException thrown) {
      return CompletableFuture.failedStage(thrown);
    }
  }
}

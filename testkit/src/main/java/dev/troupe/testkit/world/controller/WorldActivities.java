package dev.troupe.testkit.world.controller;

import dev.troupe.api.controller.Activity;
import dev.troupe.api.controller.PlatformActivity;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.resources.registry.ResourceType;
import dev.troupe.runtime.controller.platform.Deletion;
import dev.troupe.runtime.controller.platform.SweepOrder;
import dev.troupe.runtime.controller.platform.SweepReport;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.store.WriteCause;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Carries out the activities of a world: by what the test has said, or those of the platform on
/// its store. Remembers them all.
public final class WorldActivities {

  /// One attempt.
  ///
  /// @param succeeded whether it came to something
  public record Carried(Activity activity, String key, boolean succeeded) {}

  private final WorldStore store;
  private final ResourceRegistry registry;
  private final InstantSource time;
  private final Map<Class<?>, Function<Activity, String>> answers = new HashMap<>();
  private final Map<Class<?>, Integer> failures = new HashMap<>();
  private final List<Carried> carried = new ArrayList<>();

  WorldActivities(WorldStore store, ResourceRegistry registry, InstantSource time) {
    this.store = store;
    this.registry = registry;
    this.time = time;
  }

  /// Says what those of a class come to.
  public <A extends Activity> void answer(Class<A> type, Function<A, String> answer) {
    answers.put(type, activity -> answer.apply(type.cast(activity)));
  }

  /// Has the next attempts at those of a class fail.
  public void fail(Class<? extends Activity> type, int times) {
    failures.merge(type, times, Integer::sum);
  }

  String carryOut(Activity activity, String key) {
    try {
      var result = result(activity, key);
      carried.add(new Carried(activity, key, true));
      return result;
    } catch (RuntimeException thrown) {
      carried.add(new Carried(activity, key, false));
      throw thrown;
    }
  }

  private String result(Activity activity, String key) {
    int failing = failures.getOrDefault(activity.getClass(), 0);
    if (failing > 0) {
      failures.put(activity.getClass(), failing - 1);
      throw new IllegalStateException("it fails because the test wants it to");
    }
    var answer = answers.get(activity.getClass());
    if (answer != null) {
      return answer.apply(activity);
    }
    return activity instanceof PlatformActivity platform ? platform(platform, key) : "";
  }

  /// All attempts, in order.
  public List<Carried> carried() {
    return carried;
  }

  /// How often it was asked for; repetitions with the same key count once.
  public long count(Activity activity) {
    return carried.stream()
        .filter(one -> one.activity.equals(activity))
        .map(Carried::key)
        .distinct()
        .count();
  }

  private String platform(PlatformActivity activity, String key) {
    return switch (activity) {
      case PlatformActivity.CloseNamespace(_, var uid) -> {
        store.closeNamespace(uid);
        yield "";
      }
      case PlatformActivity.SweepNamespace(var namespace, _, _) -> sweep(namespace, key);
      case PlatformActivity.SweepCollection(var type, _, _) -> {
        var report = new SweepReport();
        registry.find(type).ifPresent(known -> sweep(known, null, key, report));
        yield report.json();
      }
      case PlatformActivity.ReadOwner(var owner, var uid) ->
          store.get(owner).filter(found -> found.uid().equals(uid)).isPresent()
              ? "present"
              : "absent";
    };
  }

  private String sweep(String namespace, String key) {
    var report = new SweepReport();
    for (var stage : SweepOrder.stages(registry)) {
      if (report.isClean()) {
        stage.forEach(type -> sweep(type, namespace, key, report));
      }
    }
    return report.json();
  }

  private void sweep(
      ResourceType type, @Nullable String namespace, String key, SweepReport report) {
    store
        .list(type.ref())
        .forEachRemaining(resource -> {
          if (namespace != null && !resource.key().namespace().equals(namespace)) {
            return;
          }
          if (!Deletion.isUnderWay(resource)) {
            var reply =
                store.write(
                    Deletion.of(
                        resource,
                        type.storage().apiVersion(),
                        WriteCause.platform("namespace", "sweep of " + resource.key().namespace()),
                        key,
                        time.instant()));
            if (reply instanceof WriteReply.Refused(var refusal)) {
              report.failed(resource, refusal.message());
            }
          }
          store.get(resource.key()).ifPresent(report::remains);
        });
  }
}

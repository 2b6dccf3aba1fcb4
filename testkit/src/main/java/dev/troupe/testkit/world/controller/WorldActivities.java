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
final class WorldActivities {

  record Carried(Activity activity, String key) {}

  private final WorldStore store;
  private final ResourceRegistry registry;
  private final InstantSource time;
  private final Map<Class<?>, Function<Activity, String>> answers = new HashMap<>();
  private final List<Carried> carried = new ArrayList<>();

  WorldActivities(WorldStore store, ResourceRegistry registry, InstantSource time) {
    this.store = store;
    this.registry = registry;
    this.time = time;
  }

  <A extends Activity> void answer(Class<A> type, Function<A, String> answer) {
    answers.put(type, activity -> answer.apply(type.cast(activity)));
  }

  String carryOut(Activity activity, String key) {
    carried.add(new Carried(activity, key));
    var answer = answers.get(activity.getClass());
    if (answer != null) {
      return answer.apply(activity);
    }
    return activity instanceof PlatformActivity platform ? platform(platform, key) : "";
  }

  /// Repetitions with the same key count once.
  long count(Activity activity) {
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

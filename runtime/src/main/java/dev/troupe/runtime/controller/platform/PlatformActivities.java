package dev.troupe.runtime.controller.platform;

import dev.troupe.api.controller.PlatformActivity;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.resources.registry.ResourceType;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.collection.reading.ListQuery;
import dev.troupe.runtime.collection.reading.Pull;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.store.WriteCause;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Carries out the activities that only the platform can: on the partitions, not on a view.
public final class PlatformActivities {

  /// Twice the longest deadline of a create: none that was admitted before the close can come
  /// after.
  private static final Duration KEEP_CLOSED = Duration.ofMinutes(2);

  private final Resources resources;
  private final ResourceRegistry registry;
  private final InstantSource time;

  public PlatformActivities(Resources resources, ResourceRegistry registry, InstantSource time) {
    this.resources = resources;
    this.registry = registry;
    this.time = time;
  }

  /// @param key the same for every attempt
  public CompletionStage<String> carryOut(PlatformActivity activity, String key) {
    return switch (activity) {
      case PlatformActivity.CloseNamespace(var namespace, var uid) ->
          resources.closeNamespace(namespace, uid, KEEP_CLOSED).thenApply(_ -> "");
      case PlatformActivity.SweepNamespace(var namespace, _, _) -> sweep(namespace, key);
      case PlatformActivity.ReadOwner(var owner, var uid) ->
          resources
              .get(owner)
              .thenApply(found ->
                  found.filter(present -> present.uid().equals(uid)).isPresent()
                      ? "present"
                      : "absent");
    };
  }

  private CompletionStage<String> sweep(String namespace, String key) {
    var report = new SweepReport();
    return sweep(SweepOrder.stages(registry).iterator(), namespace, key, report)
        .thenApply(_ -> report.json());
  }

  /// Deletes type by type, each object after the other, and then lists once more what is left. What
  /// is left of a stage, or cannot be deleted, holds up those that follow.
  private CompletionStage<Void> sweep(
      Iterator<List<ResourceType>> stages, String namespace, String key, SweepReport report) {
    if (!stages.hasNext() || !report.isClean()) {
      return CompletableFuture.completedStage(null);
    }
    var types = stages.next();
    CompletionStage<Void> done = CompletableFuture.completedStage(null);
    for (var type : types) {
      done = done.thenCompose(_ -> sweep(type, namespace, key, report));
    }
    for (var type : types) {
      done = done.thenCompose(_ -> remaining(type, namespace, report));
    }
    return done.thenCompose(_ -> sweep(stages, namespace, key, report));
  }

  private CompletionStage<Void> sweep(
      ResourceType type, String namespace, String key, SweepReport report) {
    return listed(type, namespace)
        .thenCompose(found -> deleteAll(found, type, namespace, key, report));
  }

  private CompletionStage<Void> deleteAll(
      Iterator<StoredResource> found,
      ResourceType type,
      String namespace,
      String key,
      SweepReport report) {
    while (found.hasNext()) {
      var resource = found.next();
      if (!Deletion.isUnderWay(resource)) {
        return delete(resource, type, namespace, key, report)
            .thenCompose(_ -> deleteAll(found, type, namespace, key, report));
      }
    }
    return CompletableFuture.completedStage(null);
  }

  private CompletionStage<Void> delete(
      StoredResource resource,
      ResourceType type,
      String namespace,
      String key,
      SweepReport report) {
    var cause = WriteCause.platform("namespace", "sweep of " + namespace);
    var request = Deletion.of(resource, type.storage().apiVersion(), cause, key, time.instant());
    return resources
        .write(request)
        .thenAccept(reply -> {
          if (reply instanceof WriteReply.Refused(var refusal) && !refusal.reason().isConflict()) {
            report.failed(resource, refusal.message());
          }
        });
  }

  private CompletionStage<Void> remaining(ResourceType type, String namespace, SweepReport report) {
    return listed(type, namespace).thenAccept(found -> found.forEachRemaining(report::remains));
  }

  private CompletionStage<Iterator<StoredResource>> listed(ResourceType type, String namespace) {
    return resources
        .list(ListQuery.of(type.ref(), namespace))
        .thenCompose(list -> new Pull(list).all(Runnable::run));
  }
}

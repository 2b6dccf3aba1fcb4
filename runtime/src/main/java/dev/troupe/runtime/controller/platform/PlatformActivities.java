package dev.troupe.runtime.controller.platform;

import dev.troupe.api.controller.PlatformActivity;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.resources.registry.ResourceType;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.collection.reading.ListQuery;
import dev.troupe.runtime.collection.reading.Pull;
import dev.troupe.runtime.resource.HostIdentity;
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

  /// @param namespace that is emptied
  /// @param key the same for every attempt
  /// @param host on whose behalf
  private record Sweep(String namespace, String key, HostIdentity host, SweepReport report) {}

  /// @param key the same for every attempt
  /// @param host for which it is done: what it writes is this host's
  public CompletionStage<String> carryOut(
      PlatformActivity activity, String key, HostIdentity host) {
    return switch (activity) {
      case PlatformActivity.CloseNamespace(var namespace, var uid) ->
          resources.closeNamespace(namespace, uid, KEEP_CLOSED).thenApply(_ -> "");
      case PlatformActivity.SweepNamespace(var namespace, _, _) -> {
        var sweep = new Sweep(namespace, key, host, new SweepReport());
        yield sweep(SweepOrder.stages(registry).iterator(), sweep)
            .thenApply(_ -> sweep.report.json());
      }
      case PlatformActivity.ReadOwner(var owner, var uid) ->
          resources
              .get(owner)
              .thenApply(found ->
                  found.filter(present -> present.uid().equals(uid)).isPresent()
                      ? "present"
                      : "absent");
    };
  }

  /// Deletes type by type, each object after the other, and then lists once more what is left. What
  /// is left of a stage, or cannot be deleted, holds up those that follow.
  private CompletionStage<Void> sweep(Iterator<List<ResourceType>> stages, Sweep sweep) {
    if (!stages.hasNext() || !sweep.report.isClean()) {
      return CompletableFuture.completedStage(null);
    }
    var types = stages.next();
    CompletionStage<Void> done = CompletableFuture.completedStage(null);
    for (var type : types) {
      done = done.thenCompose(_ -> sweep(type, sweep));
    }
    for (var type : types) {
      done = done.thenCompose(_ -> remaining(type, sweep));
    }
    return done.thenCompose(_ -> sweep(stages, sweep));
  }

  private CompletionStage<Void> sweep(ResourceType type, Sweep sweep) {
    return listed(type, sweep.namespace).thenCompose(found -> deleteAll(found, type, sweep));
  }

  private CompletionStage<Void> deleteAll(
      Iterator<StoredResource> found, ResourceType type, Sweep sweep) {
    while (found.hasNext()) {
      var resource = found.next();
      if (!Deletion.isUnderWay(resource)) {
        return delete(resource, type, sweep).thenCompose(_ -> deleteAll(found, type, sweep));
      }
    }
    return CompletableFuture.completedStage(null);
  }

  private CompletionStage<Void> delete(StoredResource resource, ResourceType type, Sweep sweep) {
    var cause = WriteCause.platform("namespace", "sweep of " + sweep.namespace);
    var request =
        Deletion.of(resource, type.storage().apiVersion(), cause, sweep.key, time.instant());
    return resources
        .write(request.of(sweep.host))
        .thenAccept(reply -> {
          if (reply instanceof WriteReply.Refused(var refusal) && !refusal.reason().isConflict()) {
            sweep.report.failed(resource, refusal.message());
          }
        });
  }

  private CompletionStage<Void> remaining(ResourceType type, Sweep sweep) {
    return listed(type, sweep.namespace)
        .thenAccept(found -> found.forEachRemaining(sweep.report::remains));
  }

  private CompletionStage<Iterator<StoredResource>> listed(ResourceType type, String namespace) {
    return resources
        .list(ListQuery.of(type.ref(), namespace))
        .thenCompose(list -> new Pull(list).all(Runnable::run));
  }
}

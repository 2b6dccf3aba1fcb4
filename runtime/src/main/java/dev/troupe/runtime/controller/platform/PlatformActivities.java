package dev.troupe.runtime.controller.platform;

import dev.troupe.api.controller.PlatformActivity;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.resources.registry.ResourceType;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.collection.reading.ListQuery;
import dev.troupe.runtime.collection.reading.Pull;
import dev.troupe.runtime.definition.LateTypes;
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
import org.jspecify.annotations.Nullable;

/// Carries out the activities that only the platform can: on the partitions, not on a view.
public final class PlatformActivities {

  /// Twice the longest deadline of a create: none that was admitted before the close can come
  /// after.
  private static final Duration KEEP_CLOSED = Duration.ofMinutes(2);

  private final Resources resources;
  private final ResourceRegistry registry;
  private final LateTypes late;
  private final InstantSource time;

  /// Of a member that knows all types.
  public PlatformActivities(Resources resources, ResourceRegistry registry, InstantSource time) {
    this(resources, registry, LateTypes.NONE, time);
  }

  public PlatformActivities(
      Resources resources, ResourceRegistry registry, LateTypes late, InstantSource time) {
    this.resources = resources;
    this.registry = registry;
    this.late = late;
    this.time = time;
  }

  /// @param namespace that is emptied; null for all of them
  /// @param cause why
  /// @param key the same for every attempt
  /// @param host on whose behalf
  private record Sweep(
      @Nullable String namespace,
      WriteCause cause,
      String key,
      HostIdentity host,
      SweepReport report) {}

  /// @param key the same for every attempt
  /// @param host for which it is done: what it writes is this host's
  public CompletionStage<String> carryOut(
      PlatformActivity activity, String key, HostIdentity host) {
    return switch (activity) {
      case PlatformActivity.CloseNamespace(var namespace, var uid) ->
          late.learnAll()
              .thenCompose(_ -> resources.closeNamespace(namespace, uid, KEEP_CLOSED))
              .thenApply(_ -> "");
      case PlatformActivity.SweepNamespace(var namespace, _, _) -> {
        var cause = WriteCause.platform("namespace", "sweep of " + namespace);
        var sweep = new Sweep(namespace, cause, key, host, new SweepReport());
        yield late.learnAll()
            .thenCompose(_ -> sweep(SweepOrder.stages(registry).iterator(), sweep))
            .thenApply(_ -> sweep.report.json());
      }
      case PlatformActivity.SweepCollection(var type, var uid, _) -> {
        var cause = WriteCause.platform("definition", "removal of " + type);
        var sweep = new Sweep(null, cause, key, host, new SweepReport());
        yield remove(type, uid, sweep).thenApply(_ -> sweep.report.json());
      }
      case PlatformActivity.ReadOwner(var owner, var uid) -> read(owner, uid);
    };
  }

  /// A definition goes when all objects of its type are gone: where this member has asked and still
  /// knows no such type, there is no owner of it either.
  private CompletionStage<String> read(ResourceKey owner, String uid) {
    var type = owner.type();
    if (registry.find(type).isPresent()) {
      return resources
          .get(owner)
          .thenApply(found ->
              found.filter(present -> present.uid().equals(uid)).isPresent()
                  ? "present"
                  : "absent");
    }
    return late.learn(type.group(), type.plural())
        .thenCompose(_ ->
            registry.find(type).isPresent()
                ? read(owner, uid)
                : CompletableFuture.completedStage("absent"));
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

  /// Where there is no such type, there was never anything to remove: one that is served, this
  /// member has heard of when it has asked. Nothing that is always there is removed.
  private CompletionStage<Void> remove(TypeRef ref, String uid, Sweep sweep) {
    if (registry.builtIn().find(ref).isPresent()) {
      return CompletableFuture.completedStage(null);
    }
    return late.learn(ref.group(), ref.plural())
        .thenCompose(_ ->
            registry
                .find(ref)
                .map(type -> remove(type, uid, sweep))
                .orElseGet(() -> CompletableFuture.completedStage(null)));
  }

  private CompletionStage<Void> remove(ResourceType type, String uid, Sweep sweep) {
    return resources
        .closeCollection(type.ref(), uid, KEEP_CLOSED)
        .thenCompose(_ -> sweep(type, sweep))
        .thenCompose(_ -> remaining(type, sweep));
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
    var request =
        Deletion.of(resource, type.storage().apiVersion(), sweep.cause, sweep.key, time.instant());
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

  private CompletionStage<Iterator<StoredResource>> listed(
      ResourceType type, @Nullable String namespace) {
    return resources
        .list(ListQuery.of(type.ref(), namespace))
        .thenCompose(list -> new Pull(list).all(Runnable::run));
  }
}

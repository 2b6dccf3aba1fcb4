package dev.troupe.runtime.definition;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.resources.registry.ResourceType;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.collection.WatchItem;
import dev.troupe.runtime.collection.reading.ListQuery;
import dev.troupe.runtime.collection.reading.Pull;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows the definitions of types and has the registry say what they say: what is established is
/// served here from then on, what is gone no more. May be asked on any thread.
public final class Definitions implements LateTypes {

  /// Where definitions are.
  public static final TypeRef COLLECTION =
      new TypeRef("apiextensions.k8s.io", "customresourcedefinitions");

  private static final Logger LOG = LoggerFactory.getLogger(Definitions.class);

  /// Before they are listed again, if that or following them has failed.
  private static final Duration AGAIN = Duration.ofMillis(500);

  private final ResourceRegistry registry;
  private final DefinedCollections collections;
  private final Resources resources;
  private final Executor executor;
  private final Executor later;
  private final Executor aside;
  private final DefinitionList list = new DefinitionList();

  /// What the registry says, for the steps alone.
  private final Map<TypeRef, ResourceType> published = new LinkedHashMap<>();

  private volatile Map<TypeRef, String> uids = Map.of();
  private final CompletableFuture<Void> begun = new CompletableFuture<>();

  /// The last step: they are taken one after the other.
  private CompletionStage<Void> last = CompletableFuture.completedStage(null);

  /// The last types that are prepared, likewise.
  private CompletionStage<Void> prepared = CompletableFuture.completedStage(null);

  /// @param executor where definitions are read
  /// @param aside where that is done which takes long, and nobody waits for
  public Definitions(
      ResourceRegistry registry,
      DefinedCollections collections,
      Resources resources,
      Executor executor,
      Executor aside) {
    this.registry = registry;
    this.collections = collections;
    this.resources = resources;
    this.executor = executor;
    this.aside = aside;
    this.later =
        CompletableFuture.delayedExecutor(AGAIN.toMillis(), TimeUnit.MILLISECONDS, executor);
  }

  /// Begins to follow. Completes when the types of all definitions that there were are known here.
  public CompletionStage<Void> begin() {
    if (isAnything()) {
      list();
    } else {
      begun.complete(null);
    }
    return begun;
  }

  /// The uid of the definition of a type that is served; empty if it has none.
  public String uid(TypeRef type) {
    return uids.getOrDefault(type, "");
  }

  /// Whether types can be defined at all.
  private boolean isAnything() {
    return registry.builtIn().find(COLLECTION).isPresent();
  }

  @Override
  public CompletionStage<Void> learn(String group, String plural) {
    if (group.isEmpty() || !isAnything()) {
      return CompletableFuture.completedStage(null);
    }
    return resources
        .get(new ResourceKey(COLLECTION, "", plural + "." + group))
        .thenCompose(found ->
            found
                .map(stored ->
                    step(() -> {
                      list.put(stored);
                      return serve();
                    }))
                .orElseGet(() -> CompletableFuture.completedStage(null)));
  }

  private synchronized CompletionStage<Void> step(Supplier<CompletionStage<Void>> step) {
    last = last.handle((_, _) -> null).thenComposeAsync(_ -> step.get(), executor);
    return last;
  }

  @Override
  public CompletionStage<Void> learnAll() {
    return isAnything() ? listed().thenAccept(_ -> {}) : CompletableFuture.completedStage(null);
  }

  /// @return the version up to which everything is known when it completes
  private CompletionStage<Long> listed() {
    return resources
        .list(ListQuery.of(COLLECTION, null))
        .thenCompose(cursor ->
            new Pull(cursor)
                .all(executor)
                .thenCompose(all ->
                    step(() -> {
                      list.listed(all, cursor.version());
                      return serve();
                    }))
                .thenApply(_ -> cursor.version()));
  }

  private void list() {
    var _ =
        listed()
            .thenAccept(this::follow)
            .whenComplete((_, failure) -> {
              if (failure == null) {
                begun.complete(null);
              } else {
                again(failure);
              }
            });
  }

  private void follow(long after) {
    resources.watch(COLLECTION, null, after).subscribe(new Follower());
  }

  private void again(@Nullable Throwable failure) {
    if (failure != null) {
      LOG.info("the definitions of types are listed again: {}", failure.toString());
    }
    later.execute(this::list);
  }

  private void taken(WatchItem item) {
    if (item instanceof WatchItem.Changed changed) {
      if (changed.type() == WatchItem.Type.DELETED) {
        list.removed(changed.resource().key().name(), changed.version());
      } else {
        list.put(changed.resource());
      }
    }
    list.reached(item.version());
  }

  /// What is new can be reached before anybody hears of it, and nobody hears of what is gone when
  /// it ends. What failed is made up for by the next that does not.
  private CompletionStage<Void> serve() {
    var served = list.served().stream().filter(type -> mayBeServed(type.ref())).toList();
    if (served.equals(List.copyOf(published.values()))) {
      return CompletableFuture.completedStage(null);
    }
    var opened =
        served.stream()
            .map(type -> collections.open(type.ref()).toCompletableFuture())
            .toArray(CompletableFuture[]::new);
    return CompletableFuture.allOf(opened).thenRun(() -> publish(served));
  }

  /// What is always there is nothing that could be defined.
  private boolean mayBeServed(TypeRef type) {
    return registry.builtIn().find(type).isEmpty();
  }

  /// What the first of all that have rules waits for, later ones do not wait for again: of many at
  /// once, as at a start, the others are prepared by whoever writes first.
  private void prepare(List<ResourceType> fresh) {
    if (!fresh.isEmpty()) {
      prepared =
          prepared.thenRunAsync(
              () -> {
                var _ = fresh.stream().anyMatch(type -> type.kind().prepare());
              },
              aside);
    }
  }

  private void publish(List<ResourceType> served) {
    uids = list.uids();
    registry.define(served);
    var before = Map.copyOf(published);
    prepare(served.stream().filter(type -> !type.equals(before.get(type.ref()))).toList());
    published.clear();
    served.forEach(type -> published.put(type.ref(), type));
    before.forEach((ref, type) -> {
      var after = published.get(ref);
      if (after == null) {
        collections.drop(ref);
      } else if (!after.equals(type)) {
        collections.changed(type, after);
      }
    });
  }

  private final class Follower implements Flow.Subscriber<WatchItem> {

    private Flow.@Nullable Subscription subscription;

    @Override
    public void onSubscribe(Flow.Subscription to) {
      subscription = to;
      to.request(1);
    }

    @Override
    public void onNext(WatchItem item) {
      var _ =
          step(
                  () -> {
                    taken(item);
                    return serve();
                  })
              .whenComplete((_, failure) -> next(failure));
    }

    /// What was not carried out is in the next list as it is now.
    private void next(@Nullable Throwable failure) {
      var to = subscription;
      if (to == null) {
        return;
      }
      if (failure == null) {
        to.request(1);
      } else {
        to.cancel();
        again(failure);
      }
    }

    @Override
    public void onError(Throwable failure) {
      again(failure);
    }

    @Override
    public void onComplete() {
      again(null);
    }
  }
}

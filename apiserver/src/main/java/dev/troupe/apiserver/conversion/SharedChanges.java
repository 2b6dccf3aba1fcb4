package dev.troupe.apiserver.conversion;

import dev.troupe.resources.kind.Kind;
import dev.troupe.runtime.collection.WatchItem;
import dev.troupe.runtime.collection.WatchItem.Changed;
import dev.troupe.runtime.collection.WatchItem.Previous;
import dev.troupe.runtime.resource.StoredResource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Changes that have been converted, each once for all who watch in the same version. They go with
/// the changes themselves.
final class SharedChanges {

  private record Into(Kind kind, String apiVersion) {}

  private final Map<Changed, Map<Into, CompletableFuture<Changed>>> known =
      Collections.synchronizedMap(new WeakHashMap<>());

  /// A change that nobody has asked for yet.
  private record New(Changed change, CompletableFuture<Changed> converted) {}

  /// @return in the order of the items
  CompletionStage<List<WatchItem>> convert(List<WatchItem> items, ConvertedObjects objects) {
    var into = new Into(objects.type().kind(), objects.apiVersion());
    var stages = new ArrayList<CompletableFuture<? extends WatchItem>>(items.size());
    var fresh = new ArrayList<New>();
    for (var item : items) {
      stages.add(
          item instanceof Changed change
              ? find(change, into, fresh)
              : CompletableFuture.completedFuture(item));
    }
    if (!fresh.isEmpty()) {
      convert(fresh, into, objects);
    }
    return CompletableFuture.allOf(stages.toArray(CompletableFuture[]::new))
        .thenApply(_ -> {
          var all = new ArrayList<WatchItem>(stages.size());
          stages.forEach(stage -> all.add(stage.join()));
          return all;
        });
  }

  private CompletableFuture<Changed> find(Changed change, Into into, List<New> fresh) {
    return known
        .computeIfAbsent(change, _ -> new ConcurrentHashMap<>())
        .computeIfAbsent(
            into,
            _ -> {
              var converted = new CompletableFuture<Changed>();
              fresh.add(new New(change, converted));
              return converted;
            });
  }

  private void convert(List<New> fresh, Into into, ConvertedObjects objects) {
    var stored = new ArrayList<StoredResource>();
    for (var one : fresh) {
      stored.add(one.change().resource());
      var before = before(one.change());
      if (before != null) {
        stored.add(before);
      }
    }
    // Whatever goes wrong, and however early: others may wait for these already.
    var _ =
        CompletableFuture.completedFuture(stored)
            .thenCompose(objects::of)
            .whenComplete((converted, failure) -> {
              if (failure != null) {
                fresh.forEach(one -> fail(one, into, failure));
                return;
              }
              var next = converted.iterator();
              for (var one : fresh) {
                var resource = next.next();
                var before = before(one.change()) == null ? null : next.next();
                one.converted().complete(changed(one.change(), resource, before));
              }
            });
  }

  /// Whoever comes next asks again.
  private void fail(New one, Into into, Throwable failure) {
    var versions = known.get(one.change());
    if (versions != null) {
      versions.remove(into);
    }
    one.converted().completeExceptionally(failure);
  }

  /// The object before the change, if it is known.
  private static @Nullable StoredResource before(Changed change) {
    var previous = change.previous();
    var content = previous == null ? null : previous.content();
    if (content == null) {
      return null;
    }
    var after = change.resource();
    return new StoredResource(
        after.key(), after.uid(), after.version(), content, Map.of(), Map.of(), List.of());
  }

  /// Where the object before is not kept, nothing that it can be selected by was otherwise.
  private static Changed changed(
      Changed change, StoredResource resource, @Nullable StoredResource before) {
    if (change.previous() == null) {
      return new Changed(change.type(), resource, null);
    }
    var was = before == null ? resource : before;
    var content = before == null ? null : before.content();
    return new Changed(change.type(), resource, new Previous(was.labels(), was.fields(), content));
  }
}

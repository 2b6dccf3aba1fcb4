package dev.troupe.controllerhost.collection;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.collection.WatchItem;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// Deletions that have been asked for, until it is known as of which version they show. An API
/// server need not tell that in its answer.
final class Deletions {

  /// One that is on its way, or has been answered.
  static final class AwaitedDeletion {

    private final ResourceKey key;
    private final CompletableFuture<Long> version = new CompletableFuture<>();
    private boolean answered;

    private AwaitedDeletion(ResourceKey key) {
      this.key = key;
    }

    ResourceKey key() {
      return key;
    }

    /// Completes with the version as of which the object is gone.
    CompletableFuture<Long> version() {
      return version;
    }
  }

  private final Map<TypeRef, Set<AwaitedDeletion>> byType = new HashMap<>();

  /// To be called before it is asked for.
  synchronized AwaitedDeletion expect(ResourceKey key) {
    var awaited = new AwaitedDeletion(key);
    byType.computeIfAbsent(key.type(), _ -> new LinkedHashSet<>()).add(awaited);
    return awaited;
  }

  /// The server has said that the object is gone: whoever asks from now on does not find it.
  synchronized void answered(AwaitedDeletion awaited) {
    awaited.answered = true;
  }

  synchronized void forget(AwaitedDeletion awaited) {
    var all = byType.get(awaited.key.type());
    if (all != null && all.remove(awaited) && all.isEmpty()) {
      byType.remove(awaited.key.type());
    }
  }

  /// A watch has shown this.
  void shown(WatchItem.Changed change) {
    if (change.type() != WatchItem.Type.DELETED) {
      return;
    }
    var key = change.resource().key();
    waiting(key.type()).stream()
        .filter(awaited -> awaited.key.equals(key))
        .forEach(awaited -> awaited.version.complete(change.version()));
  }

  private synchronized List<AwaitedDeletion> waiting(TypeRef type) {
    return List.copyOf(byType.getOrDefault(type, Set.of()));
  }

  /// Those that a list which begins now cannot show any more.
  synchronized List<AwaitedDeletion> before(TypeRef type) {
    return byType.getOrDefault(type, Set.of()).stream().filter(one -> one.answered).toList();
  }

  synchronized int size() {
    return byType.values().stream().mapToInt(Set::size).sum();
  }
}

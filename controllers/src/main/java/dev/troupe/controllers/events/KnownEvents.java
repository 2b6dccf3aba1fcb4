package dev.troupe.controllers.events;

import dev.troupe.api.resource.ResourceKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The Events that there are, by namespace, and the namespaces that have been decided to be looked
/// at again.
public final class KnownEvents {

  /// @param last when it happened last
  record Known(ResourceKey key, String uid, String resourceVersion, Instant last) {}

  private final Map<String, Map<ResourceKey, Known>> byNamespace = new HashMap<>();
  private final Set<String> watched = new HashSet<>();

  void put(Known event) {
    byNamespace
        .computeIfAbsent(event.key().namespace(), _ -> new HashMap<>())
        .put(event.key(), event);
  }

  void remove(ResourceKey key) {
    byNamespace.computeIfPresent(
        key.namespace(),
        (_, events) -> {
          events.remove(key);
          return events.isEmpty() ? null : events;
        });
  }

  /// Whether a namespace has Events and nobody will look at them.
  boolean isUnwatched(String namespace) {
    return byNamespace.containsKey(namespace) && !watched.contains(namespace);
  }

  void watch(String namespace, boolean watching) {
    if (watching) {
      watched.add(namespace);
    } else {
      watched.remove(namespace);
    }
  }

  /// When the oldest Event of a namespace happened last.
  Optional<Instant> oldest(String namespace) {
    return of(namespace).values().stream().map(Known::last).min(Instant::compareTo);
  }

  /// Some that have not happened again since `moment`.
  List<Known> notSince(Instant moment, String namespace, int limit) {
    return of(namespace).values().stream()
        .filter(event -> !event.last().isAfter(moment))
        .limit(limit)
        .toList();
  }

  private Map<ResourceKey, Known> of(String namespace) {
    return byNamespace.getOrDefault(namespace, Map.of());
  }
}

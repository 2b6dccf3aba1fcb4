package dev.troupe.controllers.eviction;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.controllers.objects.ObjectTimes;
import dev.troupe.controllers.objects.Pods;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The pods that have ended and are still there: those that were evicted first, then the oldest.
final class EndedPods {

  private record Ended(ResourceKey key, boolean evicted, Instant created) {}

  private static final Comparator<Ended> ORDER =
      Comparator.comparing((Ended pod) -> !pod.evicted())
          .thenComparing(Ended::created)
          .thenComparing(pod -> pod.key().name())
          .thenComparing(pod -> pod.key().namespace());

  private static final int BATCH = 100;

  private final int most;
  private final TreeSet<Ended> order = new TreeSet<>(ORDER);
  private final Map<ResourceKey, Ended> byKey = new HashMap<>();
  private final Set<ResourceKey> named = new HashSet<>();

  /// @param most how many are kept
  EndedPods(int most) {
    this.most = most;
  }

  void put(ResourceKey key, Pod pod) {
    forget(key);
    if (Pods.isTerminal(pod)) {
      var created = ObjectTimes.parse(pod.getMetadata().getCreationTimestamp());
      var one = new Ended(key, "Evicted".equals(pod.getStatus().getReason()), created);
      byKey.put(key, one);
      order.add(one);
    }
  }

  void remove(ResourceKey key) {
    named.remove(key);
    forget(key);
  }

  private void forget(ResourceKey key) {
    var before = byKey.remove(key);
    if (before != null) {
      order.remove(before);
    }
  }

  /// Those of the ones that are too many that have not been named yet: few at a time, the next when
  /// these are gone.
  Set<ResourceKey> next() {
    int surplus = Math.min(order.size() - most, BATCH);
    return surplus <= 0
        ? Set.of()
        : order.stream()
            .limit(surplus)
            .map(Ended::key)
            .filter(named::add)
            .collect(Collectors.toSet());
  }

  boolean isNamed(ResourceKey key) {
    return named.contains(key);
  }
}

package dev.troupe.runtime.controller.mirror;

import dev.troupe.api.resource.ResourceKey;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// Keys that name other keys.
final class Links {
  private final Map<ResourceKey, Set<ResourceKey>> forward = new HashMap<>();
  private final Map<ResourceKey, Set<ResourceKey>> back = new HashMap<>();

  void put(ResourceKey from, Set<ResourceKey> targets) {
    var before = targets.isEmpty() ? forward.remove(from) : forward.put(from, targets);
    if (before != null) {
      for (var target : before) {
        var sources = back.get(target);
        if (sources != null && sources.remove(from) && sources.isEmpty()) {
          back.remove(target);
        }
      }
    }
    targets.forEach(target -> back.computeIfAbsent(target, _ -> new LinkedHashSet<>()).add(from));
  }

  Set<ResourceKey> from(ResourceKey source) {
    return forward.getOrDefault(source, Set.of());
  }

  Set<ResourceKey> to(ResourceKey target) {
    return new LinkedHashSet<>(back.getOrDefault(target, Set.of()));
  }
}

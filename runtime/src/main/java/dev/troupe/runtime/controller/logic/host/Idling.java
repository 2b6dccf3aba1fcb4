package dev.troupe.runtime.controller.logic.host;

import dev.troupe.api.resource.ResourceKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Whose actors have nothing to do. Who does not see yet what it has written settles first, and is
/// not put away: its next look would have to wait for nothing that it knows of.
final class Idling {

  /// Since when, the longest first.
  private final LinkedHashMap<ResourceKey, Long> since = new LinkedHashMap<>();

  private final LinkedHashMap<ResourceKey, Map<ResourceKey, Long>> settling = new LinkedHashMap<>();

  void busy(ResourceKey key) {
    since.remove(key);
    settling.remove(key);
  }

  void idle(ResourceKey key, long now) {
    since.put(key, now);
  }

  void settles(ResourceKey key, Map<ResourceKey, Long> floor) {
    settling.put(key, floor);
  }

  /// Those whose writes are seen now are idle from now on.
  void settle(Predicate<Map<ResourceKey, Long>> seen, long now) {
    settling
        .entrySet()
        .removeIf(entry -> {
          boolean settled = seen.test(entry.getValue());
          if (settled) {
            since.put(entry.getKey(), now);
          }
          return settled;
        });
  }

  boolean nobody() {
    return since.isEmpty();
  }

  Optional<ResourceKey> longest() {
    return since.isEmpty() ? Optional.empty() : Optional.of(since.firstEntry().getKey());
  }

  /// Who has been idle since `moment` or longer.
  List<ResourceKey> since(long moment) {
    var found = new ArrayList<ResourceKey>();
    for (var entry : since.entrySet()) {
      if (entry.getValue() > moment) {
        break;
      }
      found.add(entry.getKey());
    }
    return found;
  }
}

package dev.troupe.runtime.controller.logic.host;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.resource.ResourceKey;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Set;

/// Who is to be woken when there is room, and why; the longest waiting first.
final class Backlog {

  private static final int MOST_CAUSES = 16;

  private final LinkedHashMap<ResourceKey, Set<Cause>> waiting = new LinkedHashMap<>();

  record Waiting(ResourceKey key, Set<Cause> causes) {}

  void add(ResourceKey key, Cause cause) {
    var causes = waiting.computeIfAbsent(key, _ -> new LinkedHashSet<>());
    if (causes.size() < MOST_CAUSES) {
      causes.add(cause);
    }
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  int size() {
    return waiting.size();
  }

  /// Takes the one who has waited longest. There must be one.
  Waiting take() {
    var longest = waiting.pollFirstEntry();
    return new Waiting(longest.getKey(), longest.getValue());
  }
}

package dev.troupe.runtime.controller.logic.state;

import dev.troupe.api.resource.ResourceKey;
import java.util.LinkedHashMap;

/// With which objects a controller goes in circles, and how much of it is told. Safe for several
/// threads.
public final class Circling {

  /// Who has not been told of for so long goes in circles no more: longer than the longest pause
  /// between two rounds.
  private static final long OVER_MILLIS = 600_000;

  private static final int MOST_TOLD = 10;

  /// When each was told of last, the longest ago first.
  private final LinkedHashMap<ResourceKey, Long> last = new LinkedHashMap<>(16, 0.75f, true);

  private int told;

  /// Takes note, and says whether it is to be told: once per object, and of few objects at a time.
  public synchronized boolean tells(ResourceKey key, long now) {
    forget(now);
    boolean known = last.put(key, now) != null;
    return !known && ++told <= MOST_TOLD;
  }

  /// With how many objects it goes in circles.
  public synchronized int count(long now) {
    forget(now);
    return last.size();
  }

  private void forget(long now) {
    while (!last.isEmpty() && now - last.firstEntry().getValue() > OVER_MILLIS) {
      last.pollFirstEntry();
    }
    if (last.isEmpty()) {
      told = 0;
    }
  }
}

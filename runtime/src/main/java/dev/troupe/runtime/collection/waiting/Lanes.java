package dev.troupe.runtime.collection.waiting;

import dev.troupe.api.resource.ResourceKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Which resources of a partition are awake, or have something to do.
///
/// A child is stopped only when all its writes have been answered, that is, when its last version
/// has been released: the next child for the resource reads its state from the index.
final class Lanes {

  private final int mostIdle;
  private final long longestIdle;
  private final Map<ResourceKey, Lane> byKey = new HashMap<>();
  private final Map<Long, Lane> byChild = new HashMap<>();

  /// Awake with nothing to do, the longest first.
  private final LinkedHashSet<Lane> idle = new LinkedHashSet<>();

  private long lastChild;
  private long now;

  /// @param mostIdle so many with nothing to do stay awake
  /// @param longestIdle and so long
  Lanes(int mostIdle, Duration longestIdle) {
    this.mostIdle = mostIdle;
    this.longestIdle = longestIdle.toMillis();
  }

  /// The lane of a resource, which is entered or refused at once.
  Lane find(ResourceKey key) {
    return byKey.computeIfAbsent(key, Lane::new);
  }

  /// Notes one more unanswered write.
  void enter(Lane lane) {
    lane.enter();
    idle.remove(lane);
  }

  /// The lane of a resource that has unanswered writes.
  Lane of(ResourceKey key) {
    var lane = byKey.get(key);
    if (lane == null) {
      throw new IllegalStateException(key + " has no unanswered writes");
    }
    return lane;
  }

  /// Notes that a write has been answered.
  ///
  /// @param gone whether it has removed the resource, for which hardly another write will come
  /// @param stop is called with each child that is to be stopped
  void leave(ResourceKey key, boolean gone, LongConsumer stop) {
    var lane = of(key);
    lane.leave();
    if (lane.unanswered() > 0) {
      return;
    }
    if (!lane.isAwake()) {
      byKey.remove(lane.key());
      return;
    }
    if (gone) {
      sleep(lane, stop);
      return;
    }
    lane.idle(now);
    idle.add(lane);
    while (idle.size() > mostIdle) {
      sleep(idle.removeFirst(), stop);
    }
  }

  /// Lets those sleep that have had nothing to do for long.
  void tick(long time, LongConsumer stop) {
    now = time;
    while (!idle.isEmpty() && idle.getFirst().idleSince() < now - longestIdle) {
      sleep(idle.removeFirst(), stop);
    }
  }

  private void sleep(Lane lane, LongConsumer stop) {
    stop.accept(lane.child());
    byChild.remove(lane.child());
    byKey.remove(lane.key());
  }

  /// Returns the new child's number.
  long wake(Lane lane) {
    lane.wake(++lastChild);
    byChild.put(lastChild, lane);
    return lastChild;
  }

  /// Notes that a child is gone.
  ///
  /// @return its resource, unless it was stopped or belongs to an epoch that is over
  Optional<ResourceKey> lost(long child) {
    @Nullable Lane lane = byChild.remove(child);
    if (lane != null) {
      lane.sleep();
      idle.remove(lane);
      if (lane.unanswered() == 0) {
        byKey.remove(lane.key());
      }
    }
    return Optional.ofNullable(lane).map(Lane::key);
  }

  /// Notes that all children are gone.
  void allLost() {
    byChild.clear();
    idle.clear();
    byKey.values().forEach(Lane::sleep);
    byKey.values().removeIf(lane -> lane.unanswered() == 0);
  }
}

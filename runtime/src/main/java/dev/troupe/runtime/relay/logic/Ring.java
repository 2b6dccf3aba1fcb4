package dev.troupe.runtime.relay.logic;

import dev.troupe.runtime.collection.WatchItem.Changed;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// The recent changes of a collection, in version order, bounded in number, bytes and age. Places
/// count up for ever.
final class Ring {

  /// For so many ticks a change stays at least, if there is room.
  static final int TICKS = 60;

  private final @Nullable Changed[] items;
  private final long mostBytes;

  /// Where it ended at each of the last ticks.
  private final ArrayDeque<Long> ends = new ArrayDeque<>();

  private long first;
  private long next;
  private long bytes;
  private long floor;

  Ring(int mostItems, long mostBytes) {
    this.items = new Changed[mostItems];
    this.mostBytes = mostBytes;
  }

  /// Every change above this version is here, as far as it is known at all.
  long floor() {
    return floor;
  }

  /// Forgets everything: what is here begins above `version`. Whoever has come to the end is behind
  /// now, too.
  void restart(long version) {
    while (first < next) {
      evict();
    }
    next++;
    first = next;
    floor = version;
  }

  void add(Changed change) {
    if (next - first == items.length) {
      evict();
    }
    items[place(next)] = change;
    next++;
    bytes += change.size();
    while (bytes > mostBytes && next - first > 1) {
      evict();
    }
  }

  /// Time passes: what few will ask for now is in the log, too.
  void tick() {
    ends.add(next);
    if (ends.size() > TICKS) {
      long old = ends.remove();
      while (first < old) {
        evict();
      }
    }
  }

  boolean has(long place) {
    return place >= first && place < next;
  }

  /// Whether the item at this place has been forgotten.
  boolean lost(long place) {
    return place < first;
  }

  Changed get(long place) {
    var item = items[place(place)];
    if (item == null || !has(place)) {
      throw new IllegalStateException("place " + place + " is empty");
    }
    return item;
  }

  /// The place of the first change above a version.
  long after(long version) {
    long low = first;
    long high = next;
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (get(middle).version() <= version) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private void evict() {
    var oldest = get(first);
    items[place(first)] = null;
    first++;
    bytes -= oldest.size();
    floor = oldest.version();
  }

  private int place(long place) {
    return (int) (place % items.length);
  }
}

package dev.troupe.runtime.journal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.ToLongFunction;

/// Keeps the earliest of many, and counts all. Safe for any number of threads.
final class Earliest<T> {

  private final int most;
  private final Comparator<T> order;
  private final PriorityQueue<T> latestFirst;
  private long seen;

  /// @param time by which one is earlier than another
  Earliest(int most, ToLongFunction<T> time) {
    this.most = most;
    this.order = Comparator.comparingLong(time);
    this.latestFirst = new PriorityQueue<>(order.reversed());
  }

  synchronized void add(T one) {
    seen++;
    latestFirst.add(one);
    if (latestFirst.size() > most) {
      latestFirst.remove();
    }
  }

  /// In order.
  synchronized List<T> all() {
    var all = new ArrayList<>(latestFirst);
    all.sort(order);
    return all;
  }

  synchronized long seen() {
    return seen;
  }
}

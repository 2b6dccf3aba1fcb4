package dev.troupe.samples.jobqueue;

import dev.troupe.api.resource.ResourceKey;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Who runs and who waits. Rebuilt from the objects at every start.
final class JobQueue {

  /// One that waits.
  private record Waiting(int priority, String since, ResourceKey key) {}

  private static final Comparator<Waiting> ORDER =
      Comparator.comparingInt(Waiting::priority)
          .reversed()
          .thenComparing(Waiting::since)
          .thenComparing(waiting -> waiting.key().path());

  private final int slots;
  private final Map<ResourceKey, Waiting> waiting = new HashMap<>();
  private final TreeSet<Waiting> order = new TreeSet<>(ORDER);

  /// With those that were told to run and do not show it yet.
  private final Set<ResourceKey> running = new HashSet<>();

  /// Those who wait and have been called, and have not come yet.
  private final Set<ResourceKey> called = new HashSet<>();

  JobQueue(int slots) {
    this.slots = slots;
  }

  void forget(ResourceKey key) {
    running.remove(key);
    notWaiting(key);
  }

  private void notWaiting(ResourceKey key) {
    called.remove(key);
    var before = waiting.remove(key);
    if (before != null) {
      order.remove(before);
    }
  }

  void see(ResourceKey key, QueuedJob job) {
    if (job.is(QueuedJob.DONE)) {
      forget(key);
    } else if (job.is(QueuedJob.RUNNING)) {
      running.add(key);
      notWaiting(key);
    } else if (!running.contains(key)) {
      notWaiting(key);
      var since = job.getMetadata().getCreationTimestamp();
      var one = new Waiting(job.getSpec().priority(), since, key);
      waiting.put(key, one);
      order.add(one);
    }
  }

  /// Those for whom there is room now and who do not know yet. Each is called once.
  List<ResourceKey> call() {
    return next().stream().filter(called::add).toList();
  }

  private List<ResourceKey> next() {
    return order.stream().limit(Math.max(0, slots - running.size())).map(Waiting::key).toList();
  }

  /// Gives it a slot if it is its turn. From then on the slot is taken.
  boolean takeSlot(ResourceKey key) {
    if (running.contains(key)) {
      return true;
    }
    called.remove(key);
    boolean itsTurn = next().contains(key);
    if (itsTurn) {
      running.add(key);
      notWaiting(key);
    }
    return itsTurn;
  }
}

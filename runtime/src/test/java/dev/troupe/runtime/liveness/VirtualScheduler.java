package dev.troupe.runtime.liveness;

import com.typesafe.config.Config;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.ThreadFactory;
import org.apache.pekko.actor.AbstractScheduler;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.event.LoggingAdapter;
import org.jspecify.annotations.Nullable;
import scala.concurrent.ExecutionContext;
import scala.concurrent.duration.FiniteDuration;

/// Time that passes when a test says so, and then at once: the testkit's own waits for a tenth of a
/// second each time.
public final class VirtualScheduler extends AbstractScheduler {

  static final String SETTINGS =
      "pekko.scheduler.implementation = \"" + VirtualScheduler.class.getName() + "\"\n";

  private static final class Task implements Cancellable {
    private final Runnable what;
    private final ExecutionContext where;
    private final @Nullable FiniteDuration interval;
    private long dueNanos;
    private boolean cancelled;

    private Task(
        Runnable what, ExecutionContext where, @Nullable FiniteDuration interval, long dueNanos) {
      this.what = what;
      this.where = where;
      this.interval = interval;
      this.dueNanos = dueNanos;
    }

    @Override
    public boolean cancel() {
      boolean isNew = !cancelled;
      cancelled = true;
      return isNew;
    }

    @Override
    public boolean isCancelled() {
      return cancelled;
    }
  }

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(task -> task.dueNanos));

  private long nowNanos;

  /// As Pekko makes it.
  public VirtualScheduler(Config config, LoggingAdapter log, ThreadFactory threads) {}

  /// Runs what becomes due, on this thread as far as that is where it is to run.
  void pass(long nanos) {
    long until = nowNanos + nanos;
    for (var task = due(until); task != null; task = due(until)) {
      task.where.execute(task.what);
    }
    nowNanos = until;
  }

  private synchronized @Nullable Task due(long until) {
    var task = tasks.peek();
    if (task == null || task.dueNanos > until) {
      return null;
    }
    tasks.remove();
    nowNanos = Math.max(nowNanos, task.dueNanos);
    if (task.interval != null && !task.cancelled) {
      task.dueNanos += task.interval.toNanos();
      tasks.add(task);
    }
    return task.cancelled ? due(until) : task;
  }

  private synchronized Cancellable add(Task task) {
    tasks.add(task);
    return task;
  }

  @Override
  @SuppressWarnings("deprecation") // what must be implemented nevertheless
  public Cancellable schedule(
      FiniteDuration initialDelay,
      FiniteDuration interval,
      Runnable runnable,
      ExecutionContext executor) {
    return add(new Task(runnable, executor, interval, nowNanos + initialDelay.toNanos()));
  }

  @Override
  public Cancellable scheduleOnce(
      FiniteDuration delay, Runnable runnable, ExecutionContext executor) {
    return add(new Task(runnable, executor, null, nowNanos + delay.toNanos()));
  }

  @Override
  public double maxFrequency() {
    return 1_000;
  }
}

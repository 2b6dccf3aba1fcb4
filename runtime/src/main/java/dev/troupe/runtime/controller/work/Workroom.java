package dev.troupe.runtime.controller.work;

import dev.troupe.api.controller.settings.ControllerSettings;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// Where controllers think: the workers of a member, for whom those wait who have the highest
/// priority first, and else in the order in which they came.
public final class Workroom {

  private final Executor workers;
  private final InstantSource time;
  private final PriorityQueue<Job> queue =
      new PriorityQueue<>(
          Comparator.comparingInt((Job job) -> -job.priority).thenComparingLong(job -> job.number));
  private long submitted;

  private record Job(int priority, long number, Runnable work) {}

  /// @param workers must be bounded
  public Workroom(Executor workers, InstantSource time) {
    this.workers = workers;
    this.time = time;
  }

  /// The place of one controller.
  public Desk desk(ControllerSettings settings) {
    return new Desk(this, settings, time);
  }

  /// @throws RejectedExecutionException if there are no workers any more
  void submit(int priority, Runnable work) {
    Job job;
    synchronized (queue) {
      job = new Job(priority, ++submitted, work);
      queue.add(job);
      queue.notify();
    }
    try {
      workers.execute(this::next);
    } catch (RejectedExecutionException ended) {
      synchronized (queue) {
        queue.remove(job);
      }
      throw ended;
    }
  }

  /// Not always whose coming has called for it, but as many times as somebody has come.
  private void next() {
    Job job;
    synchronized (queue) {
      job = queue.poll();
    }
    if (job != null) {
      job.work.run();
    }
  }

  /// One more worker, in the place of one who is slow.
  StandIn standIn() {
    var standIn = new StandIn();
    Thread.ofPlatform().daemon().name("reconcile-stand-in").start(standIn::work);
    return standIn;
  }

  /// Works for everybody until it is told to leave.
  final class StandIn {

    private boolean over;

    private void work() {
      for (var job = take(); job != null; job = take()) {
        job.work.run();
      }
    }

    private @Nullable Job take() {
      synchronized (queue) {
        try {
          while (!over && queue.isEmpty()) {
            queue.wait();
          }
        } catch (InterruptedException ended) {
          over = true;
        }
        return over ? null : queue.poll();
      }
    }

    void leave() {
      synchronized (queue) {
        over = true;
        queue.notifyAll();
      }
    }
  }
}

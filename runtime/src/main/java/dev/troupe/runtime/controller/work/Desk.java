package dev.troupe.runtime.controller.work;

import dev.troupe.api.controller.settings.ControllerSettings;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The place of one controller in the [Workroom]: how many workers think for it at once, and the
/// deadline that they have. Who waits for one belongs to an object that does nothing else
/// meanwhile, so that those are bounded, too.
///
/// The deadline counts from when a worker begins, so that a busy member does not fail anybody.
/// Whoever exceeds it is interrupted and its answer ignored; it keeps its worker until it ends.
public final class Desk {

  private static final class Job {
    final CompletableFuture<Object> answer = new CompletableFuture<>();
    final Supplier<?> task;
    volatile @Nullable Thread worker;
    volatile long begun;

    Job(Supplier<?> task) {
      this.task = task;
    }
  }

  private final Workroom room;
  private final ControllerSettings settings;
  private final InstantSource time;
  private final Set<Job> running = ConcurrentHashMap.newKeySet();
  private final Deque<Job> waiting = new ArrayDeque<>();
  private int busy;

  Desk(Workroom room, ControllerSettings settings, InstantSource time) {
    this.room = room;
    this.settings = settings;
    this.time = time;
  }

  @SuppressWarnings("unchecked") // A job is completed with what its own task returns.
  public <T> CompletionStage<T> submit(Supplier<T> task) {
    var job = new Job(task);
    synchronized (waiting) {
      if (settings.workers() > 0 && busy >= settings.workers()) {
        waiting.add(job);
        return (CompletionStage<T>) job.answer;
      }
      busy++;
    }
    begin(job);
    return (CompletionStage<T>) job.answer;
  }

  private void begin(Job job) {
    try {
      room.submit(settings.priority(), () -> run(job));
    } catch (RejectedExecutionException ended) {
      leave();
      job.answer.completeExceptionally(ended);
    }
  }

  private void leave() {
    Job next;
    synchronized (waiting) {
      next = waiting.poll();
      if (next == null) {
        busy--;
      }
    }
    if (next != null) {
      begin(next);
    }
  }

  private void run(Job job) {
    job.begun = time.millis();
    job.worker = Thread.currentThread();
    running.add(job);
    try {
      job.answer.complete(job.task.get());
    } catch (Throwable thrown) {
      job.answer.completeExceptionally(thrown);
      if (thrown instanceof VirtualMachineError fatal && !(thrown instanceof StackOverflowError)) {
        throw fatal;
      }
    } finally {
      running.remove(job);
      synchronized (job) {
        job.worker = null;
        Thread.interrupted();
      }
      leave();
    }
  }

  /// Gives up on those who have exceeded the deadline.
  public void expire() {
    long oldest = time.millis() - settings.deadline().toMillis();
    for (var job : running) {
      if (job.begun < oldest) {
        synchronized (job) {
          var worker = job.worker;
          if (worker != null
              && job.answer.completeExceptionally(
                  new IllegalStateException("no plan after " + settings.deadline()))) {
            worker.interrupt();
          }
        }
      }
    }
  }
}

package dev.troupe.runtime.controller.work;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Where controllers think: the workers of a member, and the deadline that they have.
///
/// The deadline counts from when a worker begins, so that a busy member does not fail anybody.
/// Whoever exceeds it is interrupted and its answer ignored.
public final class Workroom {

  private static final class Job {
    final CompletableFuture<Object> answer = new CompletableFuture<>();
    volatile @Nullable Thread worker;
    volatile long begun;
  }

  private final Executor workers;
  private final InstantSource time;
  private final Duration deadline;
  private final Set<Job> running = ConcurrentHashMap.newKeySet();

  /// @param workers must be bounded
  public Workroom(Executor workers, InstantSource time, Duration deadline) {
    this.workers = workers;
    this.time = time;
    this.deadline = deadline;
  }

  @SuppressWarnings("unchecked") // A job is completed with what its own task returns.
  public <T> CompletionStage<T> submit(Supplier<T> task) {
    var job = new Job();
    try {
      workers.execute(() -> run(job, task));
    } catch (RejectedExecutionException full) {
      job.answer.completeExceptionally(full);
    }
    return (CompletionStage<T>) job.answer;
  }

  private void run(Job job, Supplier<?> task) {
    job.begun = time.millis();
    job.worker = Thread.currentThread();
    running.add(job);
    try {
      job.answer.complete(task.get());
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
    }
  }

  /// Gives up on those who have exceeded the deadline.
  public void expire() {
    long oldest = time.millis() - deadline.toMillis();
    for (var job : running) {
      if (job.begun < oldest) {
        synchronized (job) {
          var worker = job.worker;
          if (worker != null
              && job.answer.completeExceptionally(
                  new IllegalStateException("no plan after " + deadline))) {
            worker.interrupt();
          }
        }
      }
    }
  }
}

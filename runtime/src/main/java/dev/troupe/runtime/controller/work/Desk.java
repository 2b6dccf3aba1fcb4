package dev.troupe.runtime.controller.work;

import dev.troupe.api.controller.settings.ControllerSettings;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
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
/// Whoever exceeds it is interrupted and its answer ignored. Whoever is slow keeps the worker that
/// it has, and the others get another one for it; of one controller two may be slow at once, and
/// the rest waits for them. If those two do not even end when they are interrupted, the rest fails.
public final class Desk {

  private static final int MOST_SLOW = 2;
  private static final long SLOW_MILLIS = 1_000;

  private static final class Job {
    final CompletableFuture<Object> answer = new CompletableFuture<>();
    final Supplier<?> task;
    volatile @Nullable Thread worker;
    volatile long begun;

    /// Works for the others while this one is slow; null as long as it is not.
    Workroom.@Nullable StandIn standIn;

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
  private int slow;

  Desk(Workroom room, ControllerSettings settings, InstantSource time) {
    this.room = room;
    this.settings = settings;
    this.time = time;
  }

  @SuppressWarnings("unchecked") // A job is completed with what its own task returns.
  public <T> CompletionStage<T> submit(Supplier<T> task) {
    var job = new Job(task);
    synchronized (waiting) {
      waiting.add(job);
    }
    advance();
    return (CompletionStage<T>) job.answer;
  }

  /// Lets those begin who may.
  private void advance() {
    for (var next = next(); next != null; next = next()) {
      begin(next);
    }
  }

  private @Nullable Job next() {
    synchronized (waiting) {
      boolean full = settings.workers() > 0 && busy >= settings.workers();
      var next = full || slow >= MOST_SLOW ? null : waiting.poll();
      if (next != null) {
        busy++;
      }
      return next;
    }
  }

  private void begin(Job job) {
    try {
      room.submit(settings.priority(), () -> come(job));
    } catch (RejectedExecutionException ended) {
      synchronized (waiting) {
        busy--;
      }
      job.answer.completeExceptionally(ended);
    }
  }

  /// A worker is there. Meanwhile others may have turned out to be slow.
  private void come(Job job) {
    synchronized (waiting) {
      if (slow >= MOST_SLOW) {
        busy--;
        waiting.addFirst(job);
        return;
      }
    }
    run(job);
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
      leave(job);
    }
  }

  private void leave(Job job) {
    synchronized (waiting) {
      busy--;
      if (job.standIn != null) {
        slow--;
        job.standIn.leave();
      }
    }
    advance();
  }

  /// Gives up on those who have exceeded the deadline, and has somebody else work for those who are
  /// slow. To be called about once a second.
  public void expire() {
    long now = time.millis();
    int late = 0;
    for (var job : running) {
      long taken = now - job.begun;
      if (taken > SLOW_MILLIS) {
        isSlow(job);
      }
      if (taken > settings.deadline().toMillis()) {
        late++;
        expire(job);
      }
    }
    if (late >= MOST_SLOW) {
      failWaiting();
    }
  }

  private void isSlow(Job job) {
    synchronized (waiting) {
      if (job.standIn == null && running.contains(job)) {
        slow++;
        job.standIn = room.standIn();
      }
    }
  }

  private void expire(Job job) {
    synchronized (job) {
      var worker = job.worker;
      if (worker != null
          && job.answer.completeExceptionally(
              new IllegalStateException("no plan after " + settings.deadline()))) {
        worker.interrupt();
      }
    }
  }

  private void failWaiting() {
    List<Job> failed;
    synchronized (waiting) {
      failed = List.copyOf(waiting);
      waiting.clear();
    }
    var why =
        "%d others of this controller think on after their deadline of %s, and this one cannot begin: its code has to come to an end"
            .formatted(MOST_SLOW, settings.deadline());
    failed.forEach(job -> job.answer.completeExceptionally(new IllegalStateException(why)));
  }
}

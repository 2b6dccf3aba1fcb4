package dev.troupe.persistence.embedded;

import dev.troupe.runtime.store.StoreException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Parts of some work, taken one after the other by whoever has time: the thread that needs them
/// all, and helpers if their executor has some. It never waits for a helper that has not begun.
final class SharedWork {

  private final int parts;
  private final IntConsumer work;
  private final AtomicInteger next = new AtomicInteger();
  private final CountDownLatch left;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  private SharedWork(int parts, IntConsumer work) {
    this.parts = parts;
    this.work = work;
    left = new CountDownLatch(parts);
  }

  /// Returns when `work` has been done for 0 to `parts - 1`, in no particular order and by several
  /// threads.
  ///
  /// @throws StoreException with what a part has thrown; parts that have not begun are left out
  ///   then
  static void run(int parts, IntConsumer work, int helpers, Executor executor) {
    var shared = new SharedWork(parts, work);
    shared.call(Math.min(helpers, parts - 1), executor);
    shared.take();
    shared.await();
  }

  private void call(int helpers, Executor executor) {
    try {
      for (int i = 0; i < helpers; i++) {
        executor.execute(this::take);
      }
    } catch (RejectedExecutionException busy) {
      // Then it is done without.
    }
  }

  private void take() {
    for (int part; (part = next.getAndIncrement()) < parts; left.countDown()) {
      try {
        if (failure.get() == null) {
          work.accept(part);
        }
      } catch (RuntimeException | Error problem) {
        failure.compareAndSet(null, problem);
      }
    }
  }

  private void await() {
    try {
      left.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while events were read", interrupted);
    }
    var problem = failure.get();
    if (problem != null) {
      throw new StoreException(String.valueOf(problem.getMessage()), problem);
    }
  }
}

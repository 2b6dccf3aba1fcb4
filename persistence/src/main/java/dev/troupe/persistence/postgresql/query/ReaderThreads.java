package dev.troupe.persistence.postgresql.query;

import dev.troupe.runtime.store.StoreException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The threads that read, bounded like what waits for them.
public final class ReaderThreads {

  private static final int WAITING = 4_096;
  private static final int LAST_READS_SECONDS = 10;

  private final ThreadPoolExecutor threads;
  private volatile @Nullable StoreException end;

  public ReaderThreads(int count) {
    threads =
        new ThreadPoolExecutor(
            count,
            count,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            Thread.ofPlatform().daemon().name("store-reader-", 0).factory());
    threads.allowCoreThreadTimeOut(true);
  }

  public <T> CompletionStage<T> read(Supplier<T> question) {
    var refusal = end;
    if (refusal != null) {
      return CompletableFuture.failedFuture(refusal);
    }
    var answer = new CompletableFuture<T>();
    try {
      threads.execute(() -> {
        try {
          answer.complete(question.get());
        } catch (RuntimeException failure) {
          answer.completeExceptionally(failure);
        }
      });
    } catch (RejectedExecutionException overloaded) {
      answer.completeExceptionally(
          new StoreException("the event store is overloaded with reads", overloaded));
    }
    return answer;
  }

  public void close(StoreException reason) {
    end = reason;
    threads.shutdown();
    try {
      threads.awaitTermination(LAST_READS_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

package dev.troupe.benchmarks.load;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.HdrHistogram.Histogram;

/// Threads that store one batch after the other, with nothing in between.
public final class BatchLoop {

  private static final Duration RUN_IN = Duration.ofMillis(500);
  private static final Duration LAST_BATCH = Duration.ofSeconds(60);

  private final Histogram latencies = LoadResult.histogram();
  private final double each;
  private final long start = System.nanoTime() + RUN_IN.toNanos();
  private final long end;

  private BatchLoop(double each, Duration length) {
    this.each = each;
    end = start + length.toNanos();
  }

  /// Stores batches. Belongs to one thread.
  public interface Batches {

    /// Returns when so many more values are durable.
    void store(int values) throws Exception;
  }

  /// @param threads what each of them does
  /// @param each how many values a batch has on average
  ///
  /// @throws IllegalStateException if one of them cannot be stored
  public static LoadResult run(
      Metered target, List<? extends Batches> threads, double each, Duration length, Disk disk) {
    var loop = new BatchLoop(each, length);
    try (var executor = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
      var ends = threads.stream().map(batches -> executor.submit(loop.until(batches))).toList();
      TimeUnit.NANOSECONDS.sleep(loop.start - System.nanoTime());
      var before = Meter.read(target, disk);
      TimeUnit.NANOSECONDS.sleep(loop.end - System.nanoTime());
      var after = Meter.read(target, disk);
      for (var thread : ends) {
        thread.get(LAST_BATCH.toSeconds(), TimeUnit.SECONDS);
      }
      return after.since(before, length.toNanos() / 1e9, loop.latencies);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while measuring", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("a batch could not be stored: " + e.getCause(), e);
    }
  }

  private Callable<Void> until(Batches batches) {
    return () -> {
      double owed = 0;
      for (long before = System.nanoTime(); before < end; ) {
        owed += each;
        int values = Math.max(1, (int) owed);
        owed -= values;
        batches.store(values);
        long now = System.nanoTime();
        if (now >= start && now < end) {
          latencies.recordValueWithCount(now - before, values);
        }
        before = now;
      }
      return null;
    };
  }
}

package dev.troupe.benchmarks.load;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Writers that store their next value when the last one is durable.
public final class ClosedLoop {

  /// Connections are made and queues fill before anything is counted.
  private static final Duration RUN_IN = Duration.ofMillis(500);

  private static final Duration LAST_ANSWER = Duration.ofSeconds(60);
  private static final Duration LONGEST = Duration.ofMinutes(30);

  private final LoadTarget target;
  private final long last;
  private final boolean counted;
  private final Histogram latencies = LoadResult.histogram();
  private final AtomicLong numbers = new AtomicLong();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final CountDownLatch running;
  private final long start;
  private final long end;

  /// @param counted whether what ends after the time counts, too
  private ClosedLoop(
      LoadTarget target, int writers, long last, Duration runIn, Duration length, boolean counted) {
    this.target = target;
    this.last = last;
    this.counted = counted;
    running = new CountDownLatch(writers);
    start = System.nanoTime() + runIn.toNanos();
    end = start + length.toNanos();
    for (int writer = 0; writer < writers; writer++) {
      target.writers().execute(this::next);
    }
  }

  /// Stores values for a while.
  ///
  /// @param disk where the target keeps its files
  ///
  /// @throws IllegalStateException if one of them cannot be stored
  public static LoadResult run(LoadTarget target, int writers, Duration length, Disk disk) {
    var loop = new ClosedLoop(target, writers, Long.MAX_VALUE, RUN_IN, length, false);
    sleepUntil(loop.start);
    var before = Meter.read(target, disk);
    sleepUntil(loop.end);
    var after = Meter.read(target, disk);
    loop.awaitWriters(LAST_ANSWER);
    return after.since(before, length.toNanos() / 1e9, loop.latencies);
  }

  /// The same for what takes long, so that few are done in the time: all that were begun in it
  /// count, and the time lasts until the last of them is done.
  public static LoadResult runToTheEnd(
      LoadTarget target, int writers, Duration atLeast, Disk disk) {
    var before = Meter.read(target, disk);
    var loop = new ClosedLoop(target, writers, Long.MAX_VALUE, Duration.ZERO, atLeast, true);
    loop.awaitWriters(LONGEST);
    var after = Meter.read(target, disk);
    return after.since(before, (after.nanos() - before.nanos()) / 1e9, loop.latencies);
  }

  /// Stores the values 1 to `count`.
  ///
  /// @throws IllegalStateException if one of them cannot be stored
  public static void fill(LoadTarget target, int writers, long count) {
    new ClosedLoop(target, writers, count, Duration.ZERO, LONGEST, true).awaitWriters(LONGEST);
  }

  private void next() {
    long before = System.nanoTime();
    if (before >= end || failure.get() != null) {
      running.countDown();
      return;
    }
    long number = numbers.incrementAndGet();
    if (number > last) {
      running.countDown();
      return;
    }
    target
        .store(number)
        .whenCompleteAsync((_, problem) -> stored(before, problem), target.writers());
  }

  private void stored(long before, @Nullable Throwable problem) {
    long now = System.nanoTime();
    if (problem != null) {
      failure.set(problem);
    } else if (now >= start && (counted || now < end)) {
      latencies.recordValue(now - before);
    }
    next();
  }

  private static void sleepUntil(long nanos) {
    try {
      TimeUnit.NANOSECONDS.sleep(nanos - System.nanoTime());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private void awaitWriters(Duration patience) {
    try {
      if (!running.await(patience.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("no answer for " + patience.toSeconds() + " s");
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    var problem = failure.get();
    if (problem != null) {
      throw new IllegalStateException("a value could not be stored: " + problem, problem);
    }
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("stopped while measuring", e);
  }
}

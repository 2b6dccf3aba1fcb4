package dev.troupe.benchmarks.store;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.ConcurrentHistogram;
import org.jspecify.annotations.Nullable;

/// Writers that append their next value when the last one is durable.
final class ClosedLoop {

  /// Connections are made and queues fill before anything is counted.
  private static final Duration RUN_IN = Duration.ofMillis(500);

  private static final Duration LAST_ANSWER = Duration.ofSeconds(60);

  private final StoreUnderTest store;
  private final ConcurrentHistogram latencies =
      new ConcurrentHistogram(TimeUnit.MINUTES.toNanos(1), 3);
  private final AtomicLong numbers = new AtomicLong();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final CountDownLatch running;
  private final long start;
  private final long end;

  private ClosedLoop(StoreUnderTest store, int writers, Duration length) {
    this.store = store;
    running = new CountDownLatch(writers);
    start = System.nanoTime() + RUN_IN.toNanos();
    end = start + length.toNanos();
  }

  static Load run(StoreUnderTest store, int writers, Duration length) {
    var loop = new ClosedLoop(store, writers, length);
    for (int writer = 0; writer < writers; writer++) {
      store.writers().execute(loop::next);
    }
    return loop.measure();
  }

  private void next() {
    long before = System.nanoTime();
    if (before >= end || failure.get() != null) {
      running.countDown();
      return;
    }
    store
        .append(numbers.incrementAndGet())
        .whenCompleteAsync((_, problem) -> stored(before, problem), store.writers());
  }

  private void stored(long before, @Nullable Throwable problem) {
    long now = System.nanoTime();
    if (problem != null) {
      failure.set(problem);
    } else if (now >= start && now < end) {
      latencies.recordValue(now - before);
    }
    next();
  }

  private Load measure() {
    sleepUntil(start);
    var before = Meter.read(store);
    sleepUntil(end);
    var after = Meter.read(store);
    awaitWriters();
    double seconds = (end - start) / 1e9;
    double metered = (after.nanos() - before.nanos()) / 1e9;
    return new Load(
        seconds,
        latencies,
        Math.round((after.syncs() - before.syncs()) * seconds / metered),
        (after.clientCpu() - before.clientCpu()) / 1e9 / metered,
        (after.serverCpu() - before.serverCpu()) / 1e9 / metered);
  }

  private record Meter(long nanos, long syncs, long clientCpu, long serverCpu) {

    static Meter read(StoreUnderTest store) {
      return new Meter(System.nanoTime(), store.syncs(), processCpu(), store.serverCpu().toNanos());
    }

    private static long processCpu() {
      var system =
          ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
      return system.getProcessCpuTime();
    }
  }

  private static void sleepUntil(long nanos) {
    try {
      TimeUnit.NANOSECONDS.sleep(nanos - System.nanoTime());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private void awaitWriters() {
    try {
      if (!running.await(LAST_ANSWER.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException(
            "no answer to an append for " + LAST_ANSWER.toSeconds() + " s");
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    var problem = failure.get();
    if (problem != null) {
      throw new IllegalStateException("an append failed: " + problem, problem);
    }
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("stopped while measuring", e);
  }
}

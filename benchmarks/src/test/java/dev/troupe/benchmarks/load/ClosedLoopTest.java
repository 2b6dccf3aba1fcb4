package dev.troupe.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ClosedLoopTest {

  private static final Duration SHORT = Duration.ofMillis(200);
  private static final Disk DISK = Disk.below(Path.of(System.getProperty("java.io.tmpdir")));

  private final Queue<Long> numbers = new ConcurrentLinkedQueue<>();
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final AtomicLong syncs = new AtomicLong();

  @Test
  void everyNumberIsStoredOnce() {
    ClosedLoop.fill(target(this::answerLater), 7, 1_000);

    assertThat(numbers)
        .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 1_000).boxed().toList());
  }

  @Test
  void eachWriterHasOneValueUnderWay() {
    ClosedLoop.fill(target(this::answerLater), 7, 1_000);

    assertThat(most.get()).isBetween(2, 7);
  }

  @Test
  void onlyWhatIsAnsweredInTimeIsCounted() {
    var load = ClosedLoop.run(target(this::answerLater), 4, SHORT, DISK);

    assertThat(load.seconds()).isEqualTo(0.2);
    assertThat(load.latencies().getTotalCount()).isPositive().isLessThan(numbers.size());
    assertThat(load.p99Millis()).isGreaterThanOrEqualTo(load.p50Millis());
  }

  @Test
  void syncsAreThoseOfTheMeasuredTime() {
    var load = ClosedLoop.run(target(this::answerLater), 4, SHORT, DISK);

    // Half a second runs in before.
    assertThat(load.syncs()).isPositive().isLessThan((double) syncs.get());
    assertThat(load.perSync()).isBetween(0.5, 2.0);
  }

  @Test
  void failureEndsTheMeasurement() {
    var broken =
        target(number ->
            number == 5
                ? CompletableFuture.failedFuture(new IllegalStateException("disk on fire"))
                : answerLater(number));

    assertThatThrownBy(() -> ClosedLoop.run(broken, 2, Duration.ofSeconds(1), DISK))
        .hasMessageContaining("disk on fire");
    assertThat(numbers).hasSizeLessThan(10);
  }

  private CompletionStage<Long> answerLater(long number) {
    numbers.add(number);
    most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
    return CompletableFuture.supplyAsync(
        () -> {
          syncs.incrementAndGet();
          underWay.decrementAndGet();
          return number;
        },
        CompletableFuture.delayedExecutor(1, java.util.concurrent.TimeUnit.MILLISECONDS));
  }

  private LoadTarget target(LongFunction<CompletionStage<Long>> store) {
    return new LoadTarget() {
      @Override
      public CompletionStage<?> store(long number) {
        return store.apply(number);
      }

      @Override
      public Executor writers() {
        return ForkJoinPool.commonPool();
      }

      @Override
      public long syncs() {
        return syncs.get();
      }

      @Override
      public Optional<ProcessHandle> process() {
        return Optional.empty();
      }

      @Override
      public void close() {}
    };
  }
}

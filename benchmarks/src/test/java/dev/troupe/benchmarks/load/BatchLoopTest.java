package dev.troupe.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.benchmarks.load.BatchLoop.Batches;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BatchLoopTest {

  private static final Duration SHORT = Duration.ofMillis(50);

  private final AtomicLong syncs = new AtomicLong();
  private final Metered metered =
      new Metered() {
        @Override
        public long syncs() {
          return syncs.get();
        }

        @Override
        public Optional<ProcessHandle> process() {
          return Optional.empty();
        }
      };

  private LoadResult run(double each, Batches... threads) {
    return BatchLoop.run(metered, List.of(threads), each, SHORT, Disk.below(Path.of(".")));
  }

  @Test
  void batchesHaveTheSizeOnAverage() {
    var sizes = new ArrayList<Integer>();

    run(1.25, sizes::add);

    assertThat(sizes).startsWith(1, 1, 1, 2, 1, 1, 1, 2);
  }

  @Test
  void batchHasAtLeastOneValue() {
    var sizes = new ArrayList<Integer>();

    run(0.4, sizes::add);

    assertThat(sizes).containsOnly(1);
  }

  @Test
  void everyValueOfABatchAndEverySyncCounts() {
    var load = run(10, _ -> syncs.incrementAndGet(), _ -> syncs.incrementAndGet());

    assertThat(load.latencies().getTotalCount()).isPositive();
    assertThat(load.latencies().getTotalCount() % 10).isZero();
    assertThat(load.syncs()).isPositive();
  }

  @Test
  void batchThatCannotBeStoredEndsTheMeasurement() {
    Batches broken =
        _ -> {
          throw new IOException("no paper");
        };

    assertThatThrownBy(() -> run(1, broken))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no paper");
  }
}

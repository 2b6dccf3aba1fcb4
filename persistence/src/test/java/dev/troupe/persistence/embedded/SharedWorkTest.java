package dev.troupe.persistence.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.runtime.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Every part is done once, with help or without.
@Timeout(30)
class SharedWorkTest {

  private final ConcurrentLinkedQueue<Integer> done = new ConcurrentLinkedQueue<>();

  @Test
  void nothingIsToBeDone() {
    SharedWork.run(0, done::add, 3, Runnable::run);

    assertThat(done).isEmpty();
  }

  @Test
  void helpersTakePartsAtTheSameTime() {
    var bothAreBusy = new CountDownLatch(2);
    try (var helpers = Executors.newFixedThreadPool(1)) {
      SharedWork.run(
          100,
          part -> {
            bothAreBusy.countDown();
            await(bothAreBusy);
            done.add(part);
          },
          1,
          helpers);
    }

    assertThat(done).containsExactlyInAnyOrderElementsOf(numbers(100));
  }

  @Test
  void helpersThatNeverComeAreNotWaitedFor() {
    SharedWork.run(10, done::add, 3, _ -> {});

    assertThat(done).containsExactlyElementsOf(numbers(10));
  }

  @Test
  void helpersThatComeLateDoNothing() {
    var late = new ArrayList<Runnable>();
    SharedWork.run(10, done::add, 3, late::add);

    late.forEach(Runnable::run);

    assertThat(late).hasSize(3);
    assertThat(done).hasSize(10);
  }

  @Test
  void executorThatIsBusyIsDoneWithout() {
    SharedWork.run(
        10,
        done::add,
        3,
        _ -> {
          throw new RejectedExecutionException("busy");
        });

    assertThat(done).hasSize(10);
  }

  @Test
  void failureOfAPartIsTold() {
    assertThatThrownBy(() ->
            SharedWork.run(
                10,
                part -> {
                  if (part == 4) {
                    throw new StoreException("a segment is damaged");
                  }
                  done.add(part);
                },
                3,
                _ -> {}))
        .isInstanceOf(StoreException.class)
        .hasMessage("a segment is damaged");
    assertThat(done).containsExactly(0, 1, 2, 3);
  }

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

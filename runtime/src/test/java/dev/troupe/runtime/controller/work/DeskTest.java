package dev.troupe.runtime.controller.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.controller.settings.ControllerSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// Who thinks when, for how many, and for how long.
class DeskTest {

  private static final ControllerSettings SETTINGS = ControllerSettings.DEFAULT;

  private final ArrayDeque<Runnable> workers = new ArrayDeque<>();
  private final AtomicLong now = new AtomicLong();
  private final Workroom room = new Workroom(workers::add, () -> Instant.ofEpochMilli(now.get()));
  private final List<String> done = new ArrayList<>();

  @Test
  void noMoreThanItsWorkersThinkAtOnce() {
    var desk = room.desk(SETTINGS.workers(2));
    for (int i = 0; i < 5; i++) {
      submit(desk, "job " + i);
    }
    assertThat(workers).hasSize(2);

    work(1);
    assertThat(workers).hasSize(2);
    work(4);

    assertThat(done).containsExactly("job 0", "job 1", "job 2", "job 3", "job 4");
    assertThat(workers).isEmpty();
  }

  @Test
  void highestPriorityGoesFirstAndElseWhoCameFirst() {
    var low = room.desk(SETTINGS.priority(-1));
    var middle = room.desk(SETTINGS);
    var high = room.desk(SETTINGS.priority(7));
    submit(low, "low");
    submit(middle, "first");
    submit(high, "high");
    submit(middle, "second");

    work(4);

    assertThat(done).containsExactly("high", "first", "second", "low");
  }

  @Test
  void oneThatThrowsLeavesItsPlace() {
    var desk = room.desk(SETTINGS.workers(1));
    var failed =
        desk.submit(() -> {
          throw new IllegalStateException("no");
        });
    submit(desk, "next");

    work(2);

    assertThat(failed.toCompletableFuture()).isCompletedExceptionally();
    assertThat(done).containsExactly("next");
  }

  @Test
  void whoeverExceedsHisDeadlineIsInterruptedAndAnswersForNothing() throws Exception {
    var begun = new CountDownLatch(1);
    var interrupted = new CountDownLatch(1);
    try (var threads = Executors.newSingleThreadExecutor()) {
      var desk =
          new Workroom(threads, () -> Instant.ofEpochMilli(now.get()))
              .desk(SETTINGS.deadline(Duration.ofMillis(50)));
      var answer =
          desk.submit(() -> {
            begun.countDown();
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException e) {
              interrupted.countDown();
            }
            return "late";
          });
      assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
      now.set(50);
      desk.expire();
      assertThat(answer.toCompletableFuture()).isNotDone();

      now.set(51);
      desk.expire();

      assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(answer.toCompletableFuture().exceptionNow()).hasMessage("no plan after PT0.05S");
    }
  }

  private void submit(Desk desk, String job) {
    var _ = desk.submit(() -> done.add(job));
  }

  private void work(int times) {
    for (int i = 0; i < times; i++) {
      workers.remove().run();
    }
  }
}

package dev.troupe.runtime.controller.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.controller.settings.ControllerSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Who thinks when, for how many, and for how long.
@Timeout(30)
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

  @Test
  void othersAreNotHeldUpByWhoeverIsSlowOrNeverEnds() throws Exception {
    var loops = new AtomicBoolean(true);
    var begun = new CountDownLatch(2);
    var threads = Executors.newFixedThreadPool(2);
    try {
      var crowded = new Workroom(threads, () -> Instant.ofEpochMilli(now.get()));
      var looping = crowded.desk(SETTINGS);
      var first = new ArrayList<CompletionStage<String>>();
      for (int i = 0; i < 2; i++) {
        first.add(looping.submit(() -> loop(loops, begun)));
      }
      assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
      var others = crowded.desk(SETTINGS).submit(() -> "done");
      var third = looping.submit(() -> "never begins");

      now.set(1_001);
      looping.expire();

      assertThat(others.toCompletableFuture().get(10, TimeUnit.SECONDS)).isEqualTo("done");
      assertThat(third.toCompletableFuture()).isNotDone();
      now.set(5_001);
      while (!third.toCompletableFuture().isDone()) {
        looping.expire(); // It comes to where it waits when the stand-ins have got to it.
      }
      assertThat(first.getFirst().toCompletableFuture().exceptionNow())
          .hasMessage("no plan after PT5S");
      assertThat(third.toCompletableFuture().exceptionNow())
          .hasMessageContaining("2 others of this controller think on after their deadline");
    } finally {
      loops.set(false);
      threads.shutdown();
    }
  }

  /// Whatever it is told.
  private static String loop(AtomicBoolean loops, CountDownLatch begun) {
    begun.countDown();
    while (loops.get()) {
      Thread.onSpinWait();
    }
    return "over";
  }

  @Test
  void whoeverWasSlowLetsTheOthersOfHisBeginWhenHeEnds() throws Exception {
    var loops = new AtomicBoolean(true);
    var begun = new CountDownLatch(2);
    var threads = Executors.newFixedThreadPool(2);
    try {
      var desk = new Workroom(threads, () -> Instant.ofEpochMilli(now.get())).desk(SETTINGS);
      var slow = desk.submit(() -> loop(loops, begun));
      var slower = desk.submit(() -> loop(loops, begun));
      assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
      now.set(1_001);
      desk.expire();
      var next = desk.submit(() -> "next");
      assertThat(next.toCompletableFuture()).isNotDone();

      loops.set(false);

      assertThat(next.toCompletableFuture().get(10, TimeUnit.SECONDS)).isEqualTo("next");
      assertThat(slow.toCompletableFuture().get(10, TimeUnit.SECONDS)).isEqualTo("over");
      assertThat(slower.toCompletableFuture().get(10, TimeUnit.SECONDS)).isEqualTo("over");
    } finally {
      loops.set(false);
      threads.shutdown();
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

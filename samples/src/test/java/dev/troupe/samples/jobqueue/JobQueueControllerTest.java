package dev.troupe.samples.jobqueue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.testkit.World;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Many jobs in virtual time: never more at once than there are slots, the important ones first,
/// and each of them once, whatever crashes.
class JobQueueControllerTest {

  private static World world(int slots) {
    return World.builder().with(new JobQueueController(slots)).start();
  }

  private static QueuedJob job(int number, int priority) {
    var job = new QueuedJob();
    job.setMetadata(
        new ObjectMetaBuilder().withNamespace("default").withName("job-" + number).build());
    job.setSpec(new QueuedJob.Spec(priority, 10));
    return job;
  }

  private static long count(World world, String phase) {
    return world.list(QueuedJob.class).stream().filter(job -> job.is(phase)).count();
  }

  private static void runsAll(int jobs, int slots) {
    try (var world = world(slots)) {
      for (int i = 0; i < jobs; i++) {
        world.apply(job(i, i % 3));
      }
      world.settle();
      while (count(world, QueuedJob.DONE) < jobs) {
        assertThat(count(world, QueuedJob.RUNNING)).isBetween(1L, (long) slots);
        world.advance(Duration.ofSeconds(5)).settle();
      }
      var ends = world.list(QueuedJob.class);
      assertThat(ends(ends, 2).getLast()).isBefore(ends(ends, 0).getFirst());
      world.verify();
    }
  }

  private static List<Instant> ends(List<QueuedJob> jobs, int priority) {
    return jobs.stream()
        .filter(job -> job.getSpec().priority() == priority)
        .map(job -> Instant.parse(job.getStatus().since()))
        .sorted()
        .toList();
  }

  @Test
  void importantOnesGoFirstAndNoMoreAtOnceThanThereAreSlots() {
    runsAll(90, 10);
  }

  @Tag("thorough")
  @Test
  void tenThousandJobsGoThrough() {
    runsAll(10_000, 500);
  }

  @Test
  void crashesNeitherLoseNorRepeatAJob() {
    try (var world = world(2)) {
      for (int i = 0; i < 8; i++) {
        world.apply(job(i, i));
      }
      for (int round = 0; round < 20 && count(world, QueuedJob.DONE) < 8; round++) {
        world.steps(round).crash().settle();
        assertThat(count(world, QueuedJob.RUNNING)).isLessThanOrEqualTo(2);
        world.advance(Duration.ofSeconds(10)).settle();
      }
      assertThat(count(world, QueuedJob.DONE)).isEqualTo(8);
      world.verify();
    }
  }
}

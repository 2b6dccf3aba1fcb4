package dev.troupe.samples.jobqueue;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Change;
import dev.troupe.api.controller.CollectionController;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.resource.ResourceKey;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/// Lets a few jobs run at once, those of the highest priority first, and of these the oldest.
///
/// @param slots how many run at once
public record JobQueueController(int slots) implements CollectionController<JobQueue> {

  @Override
  public String name() {
    return "job-queue";
  }

  @Override
  public List<Class<? extends HasMetadata>> follows() {
    return List.of(QueuedJob.class);
  }

  @Override
  public JobQueue initial() {
    return new JobQueue(slots);
  }

  @Override
  public JobQueue apply(JobQueue queue, Change change) {
    var job = change.as(QueuedJob.class);
    if (job == null || change.deleted()) {
      queue.forget(change.key());
    } else {
      queue.see(change.key(), job);
    }
    return queue;
  }

  /// The job itself, and whoever may run now that it does not.
  @Override
  public Collection<ResourceKey> concerns(JobQueue queue, Change change) {
    var concerned = new LinkedHashSet<ResourceKey>();
    if (!change.deleted()) {
      concerned.add(change.key());
    }
    concerned.addAll(queue.call());
    return concerned;
  }

  @Override
  public Plan decide(JobQueue queue, Change latest, Cause cause, Instant now) {
    var job = latest.as(QueuedJob.class);
    if (job == null || job.is(QueuedJob.DONE)) {
      return Plan.nothing();
    }
    if (job.is(QueuedJob.RUNNING)) {
      return running(job, now);
    }
    return queue.takeSlot(latest.key())
        ? Plan.nothing().status(new QueuedJob.Status(QueuedJob.RUNNING, now.toString()))
        : Plan.nothing().waitFor("a slot", "all %d are taken".formatted(slots));
  }

  private static Plan running(QueuedJob job, Instant now) {
    var end = Instant.parse(job.getStatus().since()).plusSeconds(job.getSpec().seconds());
    return now.isBefore(end)
        ? Plan.nothing().timer("end", Duration.between(now, end))
        : Plan.nothing().status(new QueuedJob.Status(QueuedJob.DONE, now.toString()));
  }
}

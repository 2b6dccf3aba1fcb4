package dev.troupe.samples.jobqueue;

import io.fabric8.crd.generator.annotation.PrinterColumn;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;

/// Work that waits for its turn.
@Group("queue.troupe.dev")
@Version("v1")
@SuppressWarnings("serial")
public final class QueuedJob extends CustomResource<QueuedJob.Spec, QueuedJob.Status>
    implements Namespaced {

  static final String RUNNING = "Running";
  static final String DONE = "Done";

  /// What is wanted.
  ///
  /// @param priority of two that wait the higher goes first
  /// @param seconds how long it takes
  public record Spec(@Min(0) @Max(1000) int priority, @Min(1) @Default("1") int seconds) {}

  /// What there is.
  public record Status(
      @PrinterColumn(name = "PHASE") String phase, @PrinterColumn(name = "SINCE") String since) {}

  boolean is(String phase) {
    return getStatus() != null && getStatus().phase().equals(phase);
  }
}

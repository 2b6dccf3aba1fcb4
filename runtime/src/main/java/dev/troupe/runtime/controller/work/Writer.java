package dev.troupe.runtime.controller.work;

import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.controller.plan.PlannedWrite;
import dev.troupe.runtime.controller.plan.WriteOutcome;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;

/// Sends what controllers plan to the resources.
public final class Writer {

  private final Resources resources;
  private final InstantSource time;
  private final Duration patience;
  private final WriteLanes lanes;

  public Writer(Resources resources, InstantSource time, Duration patience, WriteLanes lanes) {
    this.resources = resources;
    this.time = time;
    this.patience = patience;
    this.lanes = lanes;
  }

  /// @param seen the highest version that the controller has seen
  /// @return never fails for expected reasons
  public CompletionStage<WriteOutcome> write(PlannedWrite write, long seen) {
    return lanes
        .enter(() -> resources.write(write.request(time.instant(), null, seen, patience)))
        .thenApply(reply -> WriteOutcome.of(write, reply));
  }
}

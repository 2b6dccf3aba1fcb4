package dev.troupe.runtime.controller.work;

import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.controller.plan.PlannedWrite;
import dev.troupe.runtime.controller.plan.WriteOutcome;
import dev.troupe.runtime.resource.HostIdentity;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/// Sends what a controller plans to the resources, in the name of its host.
public final class Writer {

  private final HostIdentity host;
  private final Resources resources;
  private final InstantSource time;
  private final Duration patience;
  private final WriteLanes lanes;

  /// @param host whose writes these are
  public Writer(
      HostIdentity host,
      Resources resources,
      InstantSource time,
      Duration patience,
      WriteLanes lanes) {
    this.host = host;
    this.resources = resources;
    this.time = time;
    this.patience = patience;
    this.lanes = lanes;
  }

  public HostIdentity host() {
    return host;
  }

  /// @param seen the highest version that the controller has seen
  /// @return never fails for expected reasons
  public CompletionStage<WriteOutcome> write(PlannedWrite write, long seen) {
    return lanes
        .enter(() -> resources.write(write.request(time.instant(), null, seen, patience).of(host)))
        .thenApply(reply -> WriteOutcome.of(write, reply));
  }

  /// Sends nothing any more.
  ///
  /// @param atMost how long the answers to what has been sent are waited for
  /// @return completes when they are there, or could not be in time
  public CompletionStage<Void> close(Duration atMost) {
    return lanes
        .close()
        .toCompletableFuture()
        .copy()
        .completeOnTimeout(null, atMost.toMillis(), TimeUnit.MILLISECONDS);
  }
}

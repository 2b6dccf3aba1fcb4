package dev.troupe.testkit.experiment.plan;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How long the parts of a run last.
///
/// @param warmUp under load, before the first fault
/// @param quiet under load, behind the last fault
/// @param whole from the beginning of the load to its end; null for as long as the faults need
public record Timing(Duration warmUp, Duration quiet, @Nullable Duration whole) {

  /// Nobody waits for longer.
  public static final Duration LONGEST = Duration.ofDays(2);

  public Timing {
    if (whole != null && whole.compareTo(warmUp.plus(quiet)) <= 0) {
      throw new RefusedExperiment(
          "a run of %s has no time for faults between %s of warm-up and %s of quiet"
              .formatted(
                  DurationRange.text(whole),
                  DurationRange.text(warmUp),
                  DurationRange.text(quiet)));
    }
  }
}

package dev.troupe.testkit.experiment.plan;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What must hold, or else the experiment has failed. What is null is not asked for.
///
/// @param invariants held against all that clients saw; those that nothing can be said of in a run
///   are named in its report
/// @param writableWithin how long no write to an object may be answered: from the beginning of a
///   fault, or from its end where nobody can write while it lasts
/// @param watchesSilentAtMost how long a watch may be shown nothing while others write
/// @param controllersActWithin how long controllers may do nothing, counted as for writes
/// @param failedRequestsAtMost by clients that ask another member where no connection is taken
public record MustHold(
    List<Invariant> invariants,
    @Nullable Duration writableWithin,
    @Nullable Duration watchesSilentAtMost,
    @Nullable Duration controllersActWithin,
    @Nullable Integer failedRequestsAtMost) {

  public MustHold {
    invariants = List.copyOf(invariants);
  }

  /// All invariants, and no bounds.
  public static MustHold everything() {
    return new MustHold(Arrays.asList(Invariant.values()), null, null, null, null);
  }
}

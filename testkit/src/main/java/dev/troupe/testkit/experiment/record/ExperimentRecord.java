package dev.troupe.testkit.experiment.record;

import dev.troupe.testkit.experiment.record.InvariantVerdict.Verdict;
import java.util.List;
import java.util.stream.Stream;

/// All that a run has recorded: what was done to whom, what clients asked and were answered, and
/// what that says of each invariant. Every time in it is in microseconds since the run began.
///
/// @param partitions those that clients asked for, and how many objects each held
/// @param leftOut faults, checks and observations that there were to be and were not
/// @param notReproducible what another run with the same seed may do otherwise
public record ExperimentRecord(
    RunDescription run,
    List<PartitionShare> partitions,
    RequestTable requests,
    List<WatcherRecord> watchers,
    List<FaultSpan> faults,
    List<OwnerSpan> owners,
    List<Takeover> takeovers,
    List<InvariantVerdict> verdicts,
    List<LeftOut> leftOut,
    List<String> notReproducible) {

  public ExperimentRecord {
    partitions = List.copyOf(partitions);
    watchers = List.copyOf(watchers);
    faults = List.copyOf(faults);
    owners = List.copyOf(owners);
    takeovers = List.copyOf(takeovers);
    verdicts = List.copyOf(verdicts);
    leftOut = List.copyOf(leftOut);
    notReproducible = List.copyOf(notReproducible);
  }

  /// The same with one verdict more.
  public ExperimentRecord and(InvariantVerdict more) {
    return new ExperimentRecord(
        run,
        partitions,
        requests,
        watchers,
        faults,
        owners,
        takeovers,
        Stream.concat(verdicts.stream(), Stream.of(more)).toList(),
        leftOut,
        notReproducible);
  }

  /// Broken if one invariant is; held only if all that were to hold were looked at, in a run that
  /// came to its end.
  public Verdict verdict() {
    if (verdicts.stream().anyMatch(one -> one.verdict() == Verdict.BROKEN)) {
      return Verdict.BROKEN;
    }
    boolean isComplete =
        !run.interrupted()
            && !verdicts.isEmpty()
            && verdicts.stream().allMatch(one -> one.verdict() == Verdict.HELD);
    return isComplete ? Verdict.HELD : Verdict.OPEN;
  }
}

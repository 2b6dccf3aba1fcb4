package dev.troupe.testkit.experiment.outcome;

import dev.troupe.testkit.experiment.record.ExperimentRecord;
import dev.troupe.testkit.experiment.record.InvariantVerdict;
import dev.troupe.testkit.experiment.record.InvariantVerdict.Offence;
import dev.troupe.testkit.experiment.record.InvariantVerdict.Verdict;
import java.util.ArrayList;
import java.util.List;

/// What came of a run, in lines of text.
public final class OutcomeWords {

  private static final int OFFENCES = 3;
  private static final int OPERATIONS = 12;

  private OutcomeWords() {}

  /// Whether everything held, in a few words.
  public static String sentence(ExperimentRecord record) {
    return switch (record.verdict()) {
      case HELD -> "everything held";
      case BROKEN -> "something did not hold";
      case OPEN ->
          record.run().interrupted()
              ? "nothing was seen that did not hold; the run did not come to its end"
              : "nothing was seen that did not hold; not everything could be looked at";
    };
  }

  /// Each invariant that did not hold, or that nobody can say it of, with the first operations that
  /// show it.
  public static List<String> faults(ExperimentRecord record) {
    var lines = new ArrayList<String>();
    record.verdicts().stream()
        .filter(one -> one.verdict() != Verdict.HELD)
        .forEach(one -> add(lines, one));
    return lines;
  }

  private static void add(List<String> lines, InvariantVerdict verdict) {
    lines.add(
        verdict.verdict() == Verdict.BROKEN
            ? "%s is broken: %s".formatted(verdict.invariant(), verdict.promise())
            : "%s is open: %s".formatted(verdict.invariant(), verdict.note()));
    verdict.offences().stream().limit(OFFENCES).forEach(offence -> add(lines, offence));
    if (verdict.offended() > OFFENCES) {
      lines.add("  and %d more".formatted(verdict.offended() - OFFENCES));
    }
  }

  private static void add(List<String> lines, Offence offence) {
    lines.add("  " + offence.what());
    offence.operations().stream()
        .limit(OPERATIONS)
        .forEach(operation -> lines.add("    " + operation));
    if (offence.operations().size() > OPERATIONS) {
      lines.add("    and %d more".formatted(offence.operations().size() - OPERATIONS));
    }
  }

  /// What was to be and was not, each with its reason.
  public static List<String> leftOut(ExperimentRecord record) {
    return record.leftOut().stream()
        .map(one -> "left out: %s (%s)".formatted(one.what(), one.why()))
        .toList();
  }
}

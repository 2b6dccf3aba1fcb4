package dev.troupe.testkit.experiment.verdict;

import dev.troupe.testkit.experiment.observer.EpochWriters;
import dev.troupe.testkit.experiment.observer.MemberLogLine;
import dev.troupe.testkit.experiment.plan.Invariant;
import dev.troupe.testkit.experiment.record.InvariantVerdict;
import dev.troupe.testkit.experiment.record.InvariantVerdict.Offence;
import java.util.List;
import java.util.Optional;

/// Holds invariants against what was seen in a run.
public final class InvariantVerdicts {

  private final Evidence evidence;
  private final AuditVerdicts audit;

  public InvariantVerdicts(Evidence evidence) {
    this.evidence = evidence;
    this.audit = new AuditVerdicts(evidence.history(), evidence.killed());
  }

  /// Empty if nothing that was seen says anything of it.
  public Optional<InvariantVerdict> of(Invariant invariant) {
    return invariant == Invariant.ONE_WRITER
        ? Optional.of(oneWriter(evidence.lines()))
        : audit.of(invariant);
  }

  private static InvariantVerdict oneWriter(List<MemberLogLine> lines) {
    var writers = new EpochWriters(lines);
    var word = Invariant.ONE_WRITER.word();
    var sentence = Invariant.ONE_WRITER.sentence();
    if (writers.count() == 0) {
      return InvariantVerdict.open(word, sentence, "no log tells who served which epoch");
    }
    var offences = writers.offences().stream().map(what -> new Offence(what, List.of())).toList();
    return InvariantVerdict.of(word, sentence, writers.count(), offences);
  }
}

package dev.troupe.testkit.experiment.verdict;

import dev.troupe.testkit.experiment.observer.EpochWriters;
import dev.troupe.testkit.experiment.observer.MemberLogLine;
import dev.troupe.testkit.experiment.plan.Invariant;
import dev.troupe.testkit.experiment.record.InvariantVerdict;
import dev.troupe.testkit.experiment.record.InvariantVerdict.Offence;
import dev.troupe.testkit.experiment.record.InvariantVerdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Holds invariants against what was seen in a run.
public final class InvariantVerdicts {

  private final List<MemberLogLine> lines;
  private final List<AuditVerdicts> audits;
  private final ObjectVerdicts objects;
  private final PastVerdicts pasts;
  private final SizeVerdicts sizes;

  public InvariantVerdicts(Evidence evidence) {
    this.lines = evidence.lines();
    this.audits =
        evidence.histories().stream()
            .map(history -> new AuditVerdicts(history, evidence.killed()))
            .toList();
    this.objects = new ObjectVerdicts(evidence.testimony());
    this.pasts = new PastVerdicts(evidence.testimony());
    this.sizes = new SizeVerdicts(evidence.testimony().sizes());
  }

  /// Empty if nothing that was seen says anything of it.
  public Optional<InvariantVerdict> of(Invariant invariant) {
    return switch (invariant) {
      case ACKNOWLEDGED_WRITES_STAY,
          LINEARIZABLE,
          ONE_WINNER,
          VERSIONS_RISE,
          LISTS_ARE_EXACT,
          LISTS_ARE_FRESH,
          WATCHES_ARE_IN_ORDER,
          WATCHES_REPEAT_NOTHING,
          WATCHES_MISS_NOTHING,
          WATCHES_ARE_TRUE,
          BOOKMARKS_HOLD,
          NO_ZOMBIE_READS,
          READS_ARE_DURABLE ->
          audits.stream()
              .flatMap(audit -> audit.of(invariant).stream())
              .reduce(InvariantVerdicts::both);
      case ONE_WRITER -> Optional.of(oneWriter());
      case EXPIRY_IS_TOLD -> pasts.expiryIsTold();
      case INFORMERS_AGREE -> pasts.informersAgree();
      case HISTORY_ADDS_UP -> pasts.historyAddsUp();
      case CONTROLLERS_SETTLE -> objects.controllersSettle();
      case NOTHING_TWICE -> objects.nothingTwice();
      case FINALIZERS_HOLD -> objects.finalizersHold();
      case OWNERS_GO_FIRST -> objects.ownersGoFirst();
      case MEMBERS_STAY_SMALL -> sizes.membersStaySmall();
      case NO_ZOMBIE_CONTROLLERS -> Optional.empty();
    };
  }

  /// What two parts of a run say of one invariant.
  private static InvariantVerdict both(InvariantVerdict one, InvariantVerdict other) {
    long checked = one.checked() + other.checked();
    if (one.verdict() == Verdict.BROKEN || other.verdict() == Verdict.BROKEN) {
      var offences = new ArrayList<>(one.offences());
      offences.addAll(other.offences());
      return InvariantVerdict.broken(one.invariant(), one.promise(), checked, offences);
    }
    if (one.verdict() == Verdict.OPEN) {
      return one;
    }
    return other.verdict() == Verdict.OPEN
        ? other
        : InvariantVerdict.held(one.invariant(), one.promise(), checked);
  }

  private InvariantVerdict oneWriter() {
    var writers = new EpochWriters(lines);
    var word = Invariant.ONE_WRITER.word();
    var sentence = Invariant.ONE_WRITER.sentence();
    if (writers.count() == 0) {
      return InvariantVerdict.open(word, sentence, "no log tells who served which epoch");
    }
    var offences = writers.offences().stream().map(what -> new Offence(what, List.of())).toList();
    return InvariantVerdict.of(word, sentence, writers.count(), offences);
  }

  /// Empty if nothing was held against it.
  static Optional<InvariantVerdict> verdict(
      Invariant invariant, long checked, List<Offence> offences) {
    return checked == 0 && offences.isEmpty()
        ? Optional.empty()
        : Optional.of(
            InvariantVerdict.of(invariant.word(), invariant.sentence(), checked, offences));
  }
}

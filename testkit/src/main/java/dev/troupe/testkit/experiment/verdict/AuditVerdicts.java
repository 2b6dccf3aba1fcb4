package dev.troupe.testkit.experiment.verdict;

import dev.troupe.testkit.audit.Audit;
import dev.troupe.testkit.audit.ClientHistory;
import dev.troupe.testkit.audit.Observation;
import dev.troupe.testkit.audit.Observation.Kind;
import dev.troupe.testkit.audit.Observation.Operation;
import dev.troupe.testkit.audit.Violation;
import dev.troupe.testkit.audit.Violation.Promise;
import dev.troupe.testkit.experiment.plan.Invariant;
import dev.troupe.testkit.experiment.record.InvariantVerdict;
import dev.troupe.testkit.experiment.record.InvariantVerdict.Offence;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Holds the invariants of an experiment against what its clients did and saw.
final class AuditVerdicts {

  private final Map<Promise, List<Violation>> violations = new EnumMap<>(Promise.class);
  private final List<Observation> entries;
  private final List<Offence> unkept;
  private final List<Offence> past;
  private final List<Offence> winners;
  private final List<Offence> undone;
  private final long looksBehindKills;

  /// @param killed when everybody was killed, each time, by the clock of the history
  AuditVerdicts(ClientHistory history, List<Long> killed) {
    this.entries = history.entries();
    // There are very many looks: they are not kept.
    var promised = new Promised(entries);
    this.unkept = promised.unkept();
    this.past = promised.past();
    this.winners = promised.winners();
    this.undone = promised.undone(killed);
    this.looksBehindKills = promised.looksBehind(killed);
    for (var violation : Audit.of(history)) {
      violations.computeIfAbsent(violation.promise(), _ -> new ArrayList<>()).add(violation);
    }
  }

  /// Empty if what clients did says nothing of it.
  Optional<InvariantVerdict> of(Invariant invariant) {
    return switch (invariant) {
      case LINEARIZABLE -> linearizable();
      case ACKNOWLEDGED_WRITES_STAY -> seen(invariant, unkept, operations());
      case NO_ZOMBIE_READS -> seen(invariant, past, operations());
      case ONE_WINNER -> seen(invariant, winners, updates());
      case READS_ARE_DURABLE -> of(invariant, looksBehindKills, undone);
      case VERSIONS_RISE -> audited(invariant, Promise.VERSIONS, operations());
      case LISTS_ARE_EXACT -> audited(invariant, Promise.LISTS, lists());
      case LISTS_ARE_FRESH -> audited(invariant, Promise.FRESH_LISTS, lists());
      case WATCHES_ARE_IN_ORDER -> audited(invariant, Promise.WATCH_ORDER, watched());
      case WATCHES_REPEAT_NOTHING -> audited(invariant, Promise.WATCH_ONCE, watched());
      case WATCHES_MISS_NOTHING -> audited(invariant, Promise.WATCH_COMPLETE, watched());
      case WATCHES_ARE_TRUE -> audited(invariant, Promise.WATCH_TRUE, watched());
      case BOOKMARKS_HOLD -> audited(invariant, Promise.BOOKMARKS, watched());
      case EXPIRY_IS_TOLD,
          INFORMERS_AGREE,
          ONE_WRITER,
          HISTORY_ADDS_UP,
          CONTROLLERS_SETTLE,
          NO_ZOMBIE_CONTROLLERS,
          NOTHING_TWICE,
          FINALIZERS_HOLD,
          OWNERS_GO_FIRST,
          MEMBERS_STAY_SMALL ->
          Optional.empty();
    };
  }

  private long operations() {
    return count(Operation.class);
  }

  private long updates() {
    return entries.stream()
        .filter(entry -> entry instanceof Operation operation && operation.kind() == Kind.UPDATE)
        .count();
  }

  private long lists() {
    return count(Observation.Listed.class);
  }

  private long watched() {
    return count(Observation.WatchSaw.class);
  }

  private long count(Class<? extends Observation> type) {
    return entries.stream().filter(type::isInstance).count();
  }

  private Optional<InvariantVerdict> audited(Invariant invariant, Promise promise, long checked) {
    var offences =
        violations.getOrDefault(promise, List.of()).stream()
            .map(violation -> new Offence(violation.what(), violation.entries()))
            .toList();
    return of(invariant, checked, offences);
  }

  /// Open if it was not found out of some objects, and none is broken.
  private Optional<InvariantVerdict> linearizable() {
    var undecided = violations.getOrDefault(Promise.DECIDABLE, List.of());
    return undecided.isEmpty() || violations.containsKey(Promise.LINEARIZABLE)
        ? audited(Invariant.LINEARIZABLE, Promise.LINEARIZABLE, operations())
        : Optional.of(
            InvariantVerdict.open(
                Invariant.LINEARIZABLE.word(),
                Invariant.LINEARIZABLE.sentence(),
                undecided.getFirst().what()));
  }

  /// What follows from single answers. Where none shows that it is broken, but operations have no
  /// order, nobody can say whether it is for this.
  private Optional<InvariantVerdict> seen(
      Invariant invariant, List<Offence> offences, long checked) {
    return checked > 0 && offences.isEmpty() && !hasOrder()
        ? Optional.of(
            InvariantVerdict.open(
                invariant.word(),
                invariant.sentence(),
                "operations cannot be put in order, see " + Invariant.LINEARIZABLE.word()))
        : of(invariant, checked, offences);
  }

  private boolean hasOrder() {
    return !violations.containsKey(Promise.LINEARIZABLE)
        && !violations.containsKey(Promise.DECIDABLE);
  }

  private static Optional<InvariantVerdict> of(
      Invariant invariant, long checked, List<Offence> offences) {
    return checked == 0
        ? Optional.empty()
        : InvariantVerdicts.verdict(invariant, checked, offences);
  }
}

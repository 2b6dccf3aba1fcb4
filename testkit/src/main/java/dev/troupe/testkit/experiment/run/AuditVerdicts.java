package dev.troupe.testkit.experiment.run;

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
import java.util.function.Predicate;

/// Holds the invariants of an experiment against what its clients did and saw.
final class AuditVerdicts {

  private final Map<Promise, List<Violation>> violations = new EnumMap<>(Promise.class);
  private final List<Observation> entries;

  AuditVerdicts(ClientHistory history) {
    entries = history.entries();
    for (var violation : Audit.of(history)) {
      violations.computeIfAbsent(violation.promise(), _ -> new ArrayList<>()).add(violation);
    }
  }

  /// Empty if what clients did says nothing of it.
  Optional<InvariantVerdict> of(Invariant invariant) {
    return switch (invariant) {
      case LINEARIZABLE -> direct(invariant, Promise.LINEARIZABLE, operations());
      case ACKNOWLEDGED_WRITES_STAY, NO_ZOMBIE_READS -> implied(invariant);
      case VERSIONS_RISE -> direct(invariant, Promise.VERSIONS, operations());
      case ONE_WINNER -> updates() == 0 ? Optional.empty() : implied(invariant);
      case LISTS_ARE_EXACT ->
          some(invariant, Promise.LISTS, lists(), violation -> !isStale(violation));
      case LISTS_ARE_FRESH -> some(invariant, Promise.LISTS, lists(), AuditVerdicts::isStale);
      case WATCHES_ARE_IN_ORDER, WATCHES_REPEAT_NOTHING ->
          direct(invariant, Promise.WATCH_ORDER, watched());
      case WATCHES_MISS_NOTHING -> direct(invariant, Promise.WATCH_COMPLETE, watched());
      case WATCHES_ARE_TRUE -> direct(invariant, Promise.WATCH_TRUE, watched());
      case BOOKMARKS_HOLD -> direct(invariant, Promise.BOOKMARKS, watched());
      case EXPIRY_IS_TOLD,
          INFORMERS_AGREE,
          ONE_WRITER,
          READS_ARE_DURABLE,
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

  private static boolean isStale(Violation violation) {
    return violation.what().contains(" was asked for after ");
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

  private Optional<InvariantVerdict> direct(Invariant invariant, Promise promise, long checked) {
    return some(invariant, promise, checked, _ -> true);
  }

  private Optional<InvariantVerdict> some(
      Invariant invariant, Promise promise, long checked, Predicate<Violation> which) {
    var found =
        violations.getOrDefault(promise, List.of()).stream()
            .filter(which)
            .map(violation -> new Offence(violation.what(), List.of()))
            .toList();
    if (checked == 0) {
      return Optional.empty();
    }
    return Optional.of(
        found.isEmpty()
            ? InvariantVerdict.held(invariant.word(), invariant.sentence(), checked)
            : InvariantVerdict.broken(invariant.word(), invariant.sentence(), checked, found));
  }

  /// What holds if every operation, through whichever member, has its place in an order; if it has
  /// not, nobody can say whether it is for this.
  private Optional<InvariantVerdict> implied(Invariant invariant) {
    return operations() == 0
        ? Optional.empty()
        : Optional.of(
            violations.containsKey(Promise.LINEARIZABLE)
                ? InvariantVerdict.open(
                    invariant.word(),
                    invariant.sentence(),
                    "operations cannot be put in order, see " + Invariant.LINEARIZABLE.word())
                : InvariantVerdict.held(invariant.word(), invariant.sentence(), operations()));
  }
}

package dev.troupe.testkit.audit;

import dev.troupe.testkit.audit.Observation.Listed;
import dev.troupe.testkit.audit.Observation.Operation;
import dev.troupe.testkit.audit.Observation.Outcome;
import dev.troupe.testkit.audit.Violation.Promise;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/// A list at one version and the events behind it are a list at a later version, and no list is
/// older than what was known before it was asked for.
final class ListAudit {

  private final ClientHistory history;
  private final List<Violation> violations;

  ListAudit(ClientHistory history, List<Violation> violations) {
    this.history = history;
    this.violations = violations;
  }

  void run() {
    sumsOfEvents();
    fresh();
  }

  private void sumsOfEvents() {
    var base = Events.base(history);
    if (base.isEmpty()) {
      return;
    }
    var events = Events.of(history);
    long reach = events.reach(base.get().version());
    for (var list : history.all(Listed.class)) {
      if (list.version() <= reach) {
        var expected = events.fold(base.get(), list.version());
        if (!expected.equals(list.objects())) {
          found(
              Promise.LISTS,
              "the list at " + list.version() + " " + ListDifferences.between(expected, list));
        }
      }
    }
  }

  private void fresh() {
    var acknowledged = new TreeMap<Long, Operation>();
    Operation highest = null;
    var writes =
        history.all(Operation.class).stream()
            .filter(operation -> operation.isWrite() && operation.outcome() == Outcome.DONE)
            .sorted(Comparator.comparingLong(Operation::end))
            .toList();
    for (var write : writes) {
      highest = highest == null || write.version() > highest.version() ? write : highest;
      acknowledged.put(write.end(), highest);
    }
    for (var list : history.all(Listed.class)) {
      var before = acknowledged.lowerEntry(list.start());
      if (before != null && before.getValue().version() > list.version()) {
        found(
            Promise.FRESH_LISTS,
            "the list at " + list.version() + " was asked for after " + before.getValue());
      }
    }
  }

  private void found(Promise promise, String what) {
    violations.add(new Violation(promise, what));
  }
}

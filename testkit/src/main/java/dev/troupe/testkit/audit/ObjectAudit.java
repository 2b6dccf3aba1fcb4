package dev.troupe.testkit.audit;

import dev.troupe.testkit.audit.Observation.EventType;
import dev.troupe.testkit.audit.Observation.Kind;
import dev.troupe.testkit.audit.Observation.Listed;
import dev.troupe.testkit.audit.Observation.Operation;
import dev.troupe.testkit.audit.Observation.Outcome;
import dev.troupe.testkit.audit.Observation.Seen;
import dev.troupe.testkit.audit.Observation.ServerEnded;
import dev.troupe.testkit.audit.Observation.WatchSaw;
import dev.troupe.testkit.audit.Violation.Promise;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The operations on each object are linearizable, with every list as a read of each object. One
/// that was never answered took effect before its server ended, or never.
final class ObjectAudit {

  private static final int NOT_FOUND = 404;
  private static final int SHOWN = 12;

  private final ClientHistory history;
  private final List<Violation> violations;
  private final Map<String, List<Operation>> operations = new TreeMap<>();

  ObjectAudit(ClientHistory history, List<Violation> violations) {
    this.history = history;
    this.violations = violations;
  }

  void run() {
    var ends = new TreeSet<Long>();
    history.all(ServerEnded.class).forEach(ended -> ends.add(ended.time()));
    for (var operation : history.all(Operation.class)) {
      boolean says = operation.kind() != Kind.GET || operation.outcome() != Outcome.UNKNOWN;
      if (says) {
        operations
            .computeIfAbsent(operation.key(), _ -> new ArrayList<>())
            .add(bounded(operation, ends));
      }
    }
    for (var list : history.all(Listed.class)) {
      operations.forEach((key, ofKey) -> ofKey.add(read(key, list)));
    }
    var versions = versions();
    operations.forEach((key, ofKey) -> check(key, told(ofKey, versions), versions));
  }

  private static Operation bounded(Operation operation, NavigableSet<Long> ends) {
    var end = ends.ceiling(operation.start());
    return operation.outcome() == Outcome.UNKNOWN && end != null
        ? operation.endedBy(end)
        : operation;
  }

  private static Operation read(String key, Listed list) {
    var seen = list.objects().get(key);
    return seen == null
        ? new Operation(
            Kind.GET, key, "", 0, list.start(), list.end(), Outcome.REFUSED, NOT_FOUND, 0)
        : new Operation(
            Kind.GET,
            key,
            seen.value(),
            0,
            list.start(),
            list.end(),
            Outcome.DONE,
            200,
            seen.version());
  }

  /// The versions of values, wherever one was seen: for writes that were not answered.
  private Map<String, Long> versions() {
    var versions = new HashMap<String, Long>();
    for (var item : history.all(WatchSaw.class)) {
      if (item.type() == EventType.ADDED || item.type() == EventType.MODIFIED) {
        versions.put(item.key() + "=" + item.value(), item.version());
      }
    }
    for (var list : history.all(Listed.class)) {
      list.objects()
          .forEach(
              (String key, Seen seen) -> versions.put(key + "=" + seen.value(), seen.version()));
    }
    for (var read : history.all(Operation.class)) {
      if (read.kind() == Kind.GET && read.outcome() == Outcome.DONE) {
        versions.put(read.key() + "=" + read.value(), read.version());
      }
    }
    return versions;
  }

  /// Without patches that were never answered and whose value nobody has seen: where nobody updates
  /// a version, what they would explain is explained without them, and many of them together take
  /// too long to be tried.
  private static List<Operation> told(List<Operation> ofKey, Map<String, Long> versions) {
    if (ofKey.stream().anyMatch(operation -> operation.kind() == Kind.UPDATE)) {
      return ofKey;
    }
    var read =
        ofKey.stream()
            .filter(operation -> operation.kind() == Kind.GET)
            .map(Operation::value)
            .collect(Collectors.toSet());
    return ofKey.stream()
        .filter(operation ->
            operation.kind() != Kind.PATCH
                || operation.outcome() != Outcome.UNKNOWN
                || read.contains(operation.value())
                || versions.containsKey(operation.key() + "=" + operation.value()))
        .toList();
  }

  private static Set<Long> known(List<Operation> ofKey) {
    return ofKey.stream()
        .filter(operation -> operation.outcome() == Outcome.DONE)
        .map(Operation::version)
        .filter(version -> version != 0)
        .collect(Collectors.toSet());
  }

  private void check(String key, List<Operation> ofKey, Map<String, Long> versions) {
    var model = new ObjectModel(versions, known(ofKey));
    var result = LinearizationSearch.of(ofKey, model);
    switch (result) {
      case LinearizationSearch.Found _ -> {}
      case LinearizationSearch.Impossible(var stuck, var states) ->
          violations.add(
              new Violation(
                  Promise.LINEARIZABLE,
                  key + ": no order of operations explains " + stuck + "; it could be " + states,
                  before(stuck, ofKey)));
      case LinearizationSearch.Undecided(var steps) ->
          violations.add(
              new Violation(
                  Promise.DECIDABLE,
                  key + ": undecided after " + steps + " steps: record less concurrency"));
    }
  }

  /// What had begun when an answer came, the latest of it, in the order of beginning.
  private static List<String> before(Operation answer, List<Operation> ofKey) {
    var begun =
        ofKey.stream()
            .filter(operation -> operation.start() <= answer.end())
            .sorted(Comparator.comparingLong(Operation::start))
            .map(Operation::toString)
            .toList();
    return begun.subList(Math.max(0, begun.size() - SHOWN), begun.size());
  }
}

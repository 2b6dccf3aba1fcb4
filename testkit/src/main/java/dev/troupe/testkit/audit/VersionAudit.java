package dev.troupe.testkit.audit;

import dev.troupe.testkit.audit.Observation.EventType;
import dev.troupe.testkit.audit.Observation.Listed;
import dev.troupe.testkit.audit.Observation.Operation;
import dev.troupe.testkit.audit.Observation.Outcome;
import dev.troupe.testkit.audit.Observation.WatchSaw;
import dev.troupe.testkit.audit.Violation.Promise;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Versions never repeat and never go back.
final class VersionAudit {

  private final ClientHistory history;
  private final List<Violation> violations;

  VersionAudit(ClientHistory history, List<Violation> violations) {
    this.history = history;
    this.violations = violations;
  }

  private record Content(String key, String value) {}

  void run() {
    var writes =
        history.all(Operation.class).stream()
            .filter(operation ->
                operation.isWrite()
                    && operation.outcome() == Outcome.DONE
                    && operation.version() != 0)
            .toList();
    eachWriteHasItsOwn(writes);
    oneContentPerVersion();
    laterWritesAreHigher(writes);
    listsGoForward();
  }

  private void eachWriteHasItsOwn(List<Operation> writes) {
    var owners = new HashMap<Long, Operation>();
    for (var write : writes) {
      var other = owners.put(write.version(), write);
      if (other != null) {
        found("one version for two writes: " + other + " and " + write);
      }
    }
  }

  /// Wherever it was seen: in answers, lists or watches.
  private void oneContentPerVersion() {
    Map<Long, Content> contents = new HashMap<>();
    Map<Content, Long> versions = new HashMap<>();
    for (var entry : history.entries()) {
      switch (entry) {
        case Operation operation -> {
          if (operation.outcome() == Outcome.DONE
              && operation.version() != 0
              && operation.kind() != Observation.Kind.DELETE) {
            seen(contents, versions, operation.key(), operation.value(), operation.version());
          }
        }
        case Listed list ->
            list.objects()
                .forEach((key, object) ->
                    seen(contents, versions, key, object.value(), object.version()));
        case WatchSaw event -> {
          if (event.key() != null && event.type() != EventType.DELETED) {
            seen(contents, versions, event.key(), event.value(), event.version());
          }
        }
        case Observation.WatchBegun _, Observation.ServerEnded _ -> {}
      }
    }
  }

  private void seen(
      Map<Long, Content> contents,
      Map<Content, Long> versions,
      String key,
      String value,
      long version) {
    var content = new Content(key, value);
    var other = contents.putIfAbsent(version, content);
    if (other != null && !other.equals(content)) {
      found("version " + version + " is " + other + " and " + content);
    }
    var otherVersion = versions.putIfAbsent(content, version);
    if (otherVersion != null && otherVersion != version) {
      found(content + " has the versions " + otherVersion + " and " + version);
    }
  }

  private void laterWritesAreHigher(List<Operation> writes) {
    writes.stream()
        .collect(Collectors.groupingBy(Operation::key))
        .values()
        .forEach(this::goForward);
  }

  /// @param writes of one object
  private void goForward(List<Operation> writes) {
    var highestByEnd = new TreeMap<Long, Operation>();
    Operation highest = null;
    for (var write : writes.stream().sorted(Comparator.comparingLong(Operation::end)).toList()) {
      highest = highest == null || write.version() > highest.version() ? write : highest;
      highestByEnd.put(write.end(), highest);
    }
    for (var write : writes) {
      var before = highestByEnd.lowerEntry(write.start());
      if (before != null && before.getValue().version() >= write.version()) {
        found("went back: " + before.getValue() + ", then " + write);
      }
    }
  }

  private void listsGoForward() {
    var ended = new TreeMap<Long, Long>();
    long highest = 0;
    var lists = history.all(Listed.class);
    for (var list : lists.stream().sorted(Comparator.comparingLong(Listed::end)).toList()) {
      highest = Math.max(highest, list.version());
      ended.put(list.end(), highest);
    }
    for (var list : lists) {
      var before = ended.lowerEntry(list.start());
      if (before != null && before.getValue() > list.version()) {
        found("a list at " + before.getValue() + ", then one at " + list.version());
      }
    }
  }

  private void found(String what) {
    violations.add(new Violation(Promise.VERSIONS, what));
  }
}

package dev.troupe.testkit.audit;

import dev.troupe.testkit.audit.Events.Watch;
import dev.troupe.testkit.audit.Observation.EventType;
import dev.troupe.testkit.audit.Observation.Kind;
import dev.troupe.testkit.audit.Observation.Operation;
import dev.troupe.testkit.audit.Observation.Outcome;
import dev.troupe.testkit.audit.Observation.WatchSaw;
import dev.troupe.testkit.audit.Violation.Promise;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/// Watches are ordered, unique, complete and true, and can be resumed anywhere.
final class WatchAudit {

  private final ClientHistory history;
  private final Events events;
  private final List<Violation> violations;

  WatchAudit(ClientHistory history, List<Violation> violations) {
    this.history = history;
    this.violations = violations;
    events = Events.of(history);
  }

  void run() {
    var acknowledged = new TreeMap<Long, Operation>();
    for (var operation : history.all(Operation.class)) {
      if (operation.isWrite() && operation.outcome() == Outcome.DONE && operation.version() != 0) {
        acknowledged.put(operation.version(), operation);
      }
    }
    for (var watch : events.watches().values()) {
      inOrder(watch);
      complete(watch, acknowledged);
    }
    written();
    calledWhatTheyAre();
  }

  private void inOrder(Watch watch) {
    long last = watch.after();
    long bookmark = 0;
    var delivered = new HashSet<Long>();
    for (var item : watch.items()) {
      if (item.type() == EventType.BOOKMARK) {
        if (item.version() < last) {
          found(Promise.BOOKMARKS, "a bookmark below what was delivered before, " + last, item);
        }
        bookmark = Math.max(bookmark, item.version());
      } else if (!delivered.add(item.version())) {
        found(Promise.WATCH_ONCE, "delivered again", item);
      } else if (item.version() <= bookmark) {
        found(Promise.BOOKMARKS, "delivered after the bookmark " + bookmark, item);
      } else if (item.version() <= last) {
        found(Promise.WATCH_ORDER, "delivered after " + last, item);
      }
      last = Math.max(last, item.version());
    }
  }

  /// Of what was acknowledged, and of what any other watch has seen, each watch has all that lies
  /// between its start and where it is.
  private void complete(Watch watch, NavigableMap<Long, Operation> acknowledged) {
    var seen = new HashSet<Long>();
    watch.items().stream()
        .filter(item -> item.type() != EventType.BOOKMARK)
        .forEach(item -> seen.add(item.version()));
    long position = watch.position();
    if (position <= watch.after()) {
      return;
    }
    acknowledged
        .subMap(watch.after(), false, position, true)
        .forEach((version, write) -> missing(watch, seen, version, write));
    events
        .changes()
        .subMap(watch.after(), false, position, true)
        .forEach((version, change) -> missing(watch, seen, version, change));
  }

  private void missing(Watch watch, Set<Long> seen, long version, Object what) {
    // Said once, whoever has seen it.
    if (seen.add(version)) {
      found(
          Promise.WATCH_COMPLETE,
          "watch " + watch.number() + " behind " + watch.after() + " misses " + what);
    }
  }

  private record Content(String key, String value) {}

  /// Each event comes from a write that was acknowledged with this version, or that nobody knows
  /// the outcome of.
  private void written() {
    Map<Content, Operation> writes = new HashMap<>();
    for (var operation : history.all(Operation.class)) {
      if (operation.isWrite() && operation.kind() != Kind.DELETE) {
        writes.put(new Content(operation.key(), operation.value()), operation);
      }
    }
    for (var change : events.changes().values()) {
      if (change.type() == EventType.DELETED) {
        continue;
      }
      var write = writes.get(new Content(String.valueOf(change.key()), change.value()));
      if (write == null) {
        continue; // Was there before anything was recorded, or is somebody else's.
      }
      if (write.outcome() == Outcome.REFUSED) {
        found(Promise.WATCH_TRUE, "refused, and yet delivered: " + write, change);
      } else if (write.outcome() == Outcome.DONE && write.version() != change.version()) {
        found(Promise.WATCH_TRUE, "acknowledged otherwise: " + write, change);
      }
    }
  }

  /// Whether an object came, changed or went, and that all watches say the same of one version.
  private void calledWhatTheyAre() {
    for (var item : history.all(WatchSaw.class)) {
      var first = item.type() == EventType.BOOKMARK ? null : events.changes().get(item.version());
      if (first != null && !isSame(first, item)) {
        found(Promise.WATCH_TRUE, "another watch was shown " + first, item);
      }
    }
    var base = Events.base(history);
    if (base.isEmpty()) {
      return;
    }
    var living = new HashSet<>(base.get().objects().keySet());
    long reach = events.reach(base.get().version());
    if (reach <= base.get().version()) {
      return;
    }
    for (var change : events.changes().subMap(base.get().version(), false, reach, true).values()) {
      boolean lived = living.contains(String.valueOf(change.key()));
      if (lived == (change.type() == EventType.ADDED)) {
        found(Promise.WATCH_TRUE, lived ? "it was there already" : "it was not there", change);
      }
      if (change.type() == EventType.DELETED) {
        living.remove(String.valueOf(change.key()));
      } else {
        living.add(String.valueOf(change.key()));
      }
    }
  }

  private static boolean isSame(WatchSaw one, WatchSaw other) {
    return one.type() == other.type()
        && Objects.equals(one.key(), other.key())
        && (one.type() == EventType.DELETED || one.value().equals(other.value()));
  }

  private void found(Promise promise, String what, WatchSaw item) {
    found(promise, what + ": " + item);
  }

  private void found(Promise promise, String what) {
    violations.add(new Violation(promise, what));
  }
}

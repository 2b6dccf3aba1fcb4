package dev.troupe.testkit.audit;

import dev.troupe.testkit.audit.Observation.EventType;
import dev.troupe.testkit.audit.Observation.Kind;
import dev.troupe.testkit.audit.Observation.Seen;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A server in a few lines that keeps its word, or breaks it in one way now and then.
final class SimulatedServer {

  /// @param previous what was there before; null if nothing was
  record Change(EventType type, String key, String value, long version, @Nullable Seen previous) {}

  /// @param code of the answer
  record Answer(int code, String value, long version) {}

  record Page(long version, Map<String, Seen> objects) {}

  private static final long STEP = 256;
  private static final int UNSYNCED = 2;

  private final @Nullable Bug bug;
  private final Random random;
  private final List<Change> log = new ArrayList<>();
  private TreeMap<String, Seen> state = new TreeMap<>();

  /// What nobody has done when the last server ended.
  private final Deque<Runnable> left = new ArrayDeque<>();

  /// What a former owner still believes.
  private TreeMap<String, Seen> zombie = new TreeMap<>();

  private long clock = 1_000;

  SimulatedServer(@Nullable Bug bug, Random random) {
    this.bug = bug;
    this.random = random;
  }

  private boolean errs(Bug possible) {
    return bug == possible && random.nextInt(3) == 0;
  }

  Answer apply(Kind kind, String key, String value, long precondition) {
    if (!left.isEmpty() && random.nextInt(10) == 0) {
      left.remove().run();
    }
    if (errs(Bug.SKIP_THE_FENCE) && kind != Kind.GET && !zombie.isEmpty()) {
      return applyTo(zombie, kind, key, value, precondition);
    }
    return applyTo(state, kind, key, value, precondition);
  }

  private Answer applyTo(
      Map<String, Seen> objects, Kind kind, String key, String value, long precondition) {
    var before = objects.get(key);
    return switch (kind) {
      case GET -> get(before, key);
      case CREATE ->
          before == null ? write(objects, EventType.ADDED, key, value) : refuse(409, key, value);
      case UPDATE -> {
        if (before == null) {
          yield refuse(404, key, value);
        }
        boolean wins = before.version() == precondition || errs(Bug.LOSE_AN_UPDATE);
        yield wins ? write(objects, EventType.MODIFIED, key, value) : refuse(409, key, value);
      }
      case PATCH ->
          before == null ? refuse(404, key, value) : write(objects, EventType.MODIFIED, key, value);
      case DELETE -> before == null ? refuse(404, key, value) : delete(objects, key, before);
    };
  }

  private Answer get(@Nullable Seen now, String key) {
    var seen = now;
    if (errs(Bug.STALE_READ)) {
      var earlier =
          log.reversed().stream()
              .filter(change -> change.key().equals(key) && change.previous() != null)
              .findFirst();
      seen = earlier.map(Change::previous).orElse(now);
    }
    return seen == null ? new Answer(404, "", 0) : new Answer(200, seen.value(), seen.version());
  }

  private Answer refuse(int code, String key, String value) {
    if (errs(Bug.WRITE_WHAT_WAS_REFUSED) && state.containsKey(key)) {
      write(state, EventType.MODIFIED, key, value);
    }
    return new Answer(code, "", 0);
  }

  private Answer write(Map<String, Seen> objects, EventType type, String key, String value) {
    long version = next();
    log.add(new Change(type, key, value, version, objects.get(key)));
    objects.put(key, new Seen(value, version));
    return new Answer(type == EventType.ADDED ? 201 : 200, value, version);
  }

  private Answer delete(Map<String, Seen> objects, String key, Seen before) {
    long version = next();
    log.add(new Change(EventType.DELETED, key, before.value(), version, before));
    objects.remove(key);
    if (errs(Bug.RESURRECT)) {
      objects.put(key, before);
    }
    return new Answer(200, "", version);
  }

  private long next() {
    if (errs(Bug.REUSE_A_VERSION)) {
      return clock;
    }
    clock += STEP;
    return clock;
  }

  Page list() {
    var objects = new HashMap<>(state);
    if (errs(Bug.FORGET_IN_A_LIST) && !objects.isEmpty()) {
      objects.remove(objects.keySet().iterator().next());
    }
    if (errs(Bug.STALE_LIST) && log.size() > 3) {
      return asOf(log.get(log.size() - 4).version());
    }
    return new Page(clock, objects);
  }

  private Page asOf(long version) {
    var objects = new HashMap<String, Seen>();
    for (var change : log) {
      if (change.version() <= version) {
        if (change.type() == EventType.DELETED) {
          objects.remove(change.key());
        } else {
          objects.put(change.key(), new Seen(change.value(), change.version()));
        }
      }
    }
    return new Page(version, objects);
  }

  /// What a watch is shown next, behind a position.
  List<Change> behind(long position, boolean resumed) {
    var changes =
        new ArrayList<>(log.stream().filter(change -> change.version() > position).toList());
    if (resumed && changes.size() > 1 && errs(Bug.SKIP_ONE_ON_RESUME)) {
      changes.removeFirst();
    }
    if (changes.size() > 2) {
      if (errs(Bug.DROP_AN_EVENT)) {
        changes.remove(changes.size() / 2);
      }
      if (errs(Bug.DELIVER_TWICE)) {
        changes.add(changes.get(changes.size() / 2));
      }
      if (errs(Bug.SWAP_EVENTS)) {
        changes.add(0, changes.removeLast());
      }
      if (errs(Bug.CALL_IT_WRONG)) {
        changes.replaceAll(SimulatedServer::calledWrong);
      }
    }
    return changes;
  }

  private static Change calledWrong(Change change) {
    return change.type() == EventType.MODIFIED
        ? new Change(EventType.ADDED, change.key(), change.value(), change.version(), null)
        : change;
  }

  /// What a bookmark may say to a watch that has seen everything up to a position.
  long promise(long position) {
    return errs(Bug.PROMISE_TOO_MUCH) ? clock + 3 * STEP : Math.max(position, clock);
  }

  void crash() {
    zombie = new TreeMap<>(state);
    if (errs(Bug.ACKNOWLEDGE_BEFORE_SYNC)) {
      for (int i = 0; i < UNSYNCED && !log.isEmpty(); i++) {
        undo(log.removeLast());
      }
    }
    clock += errs(Bug.GO_BACK_AFTER_A_CRASH) ? -20 * STEP : 10 * STEP;
  }

  /// Takes over what was asked of a server that has ended, if it errs so.
  void keep(Kind kind, String key, String value, long precondition) {
    if (errs(Bug.DO_IT_LATER)) {
      left.add(() -> applyTo(state, kind, key, value, precondition));
    }
  }

  private void undo(Change change) {
    if (change.previous() == null) {
      state.remove(change.key());
    } else {
      state.put(change.key(), change.previous());
    }
  }
}

package dev.troupe.testkit.audit;

import dev.troupe.testkit.audit.Observation.EventType;
import dev.troupe.testkit.audit.Observation.Kind;
import dev.troupe.testkit.audit.Observation.Listed;
import dev.troupe.testkit.audit.Observation.Operation;
import dev.troupe.testkit.audit.Observation.Outcome;
import dev.troupe.testkit.audit.Observation.ServerEnded;
import dev.troupe.testkit.audit.Observation.WatchBegun;
import dev.troupe.testkit.audit.Observation.WatchSaw;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Clients of a [SimulatedServer] in virtual time: operations that overlap, watches that break and
/// are resumed, crashes in the middle.
public final class Scenario {

  private static final List<Kind> KINDS = List.of(Kind.values());
  private static final int CLIENTS = 5;
  private static final int KEYS = 4;
  private static final int STEPS = 1_000;

  private final Random random;
  private final SimulatedServer server;
  private final ClientHistory history = new ClientHistory();
  private final PriorityQueue<Timed> agenda =
      new PriorityQueue<>((a, b) -> Long.compare(a.time(), b.time()));
  private final List<Pending> pending = new ArrayList<>();
  private final Map<String, Long> seenVersions = new HashMap<>();
  private long now;
  private int values;
  private int watches;
  private int watch = -1;
  private long position;
  private boolean resumed;

  private record Timed(long time, Runnable what) {}

  /// An operation that was sent; `answer` when the server has done it.
  private static final class Pending {
    private final Kind kind;
    private final String key;
    private final String value;
    private final long precondition;
    private final long start;
    private SimulatedServer.@Nullable Answer answer;

    private Pending(Kind kind, String key, String value, long precondition, long start) {
      this.kind = kind;
      this.key = key;
      this.value = value;
      this.precondition = precondition;
      this.start = start;
    }
  }

  private Scenario(@Nullable Bug bug, long seed) {
    random = new Random(seed);
    server = new SimulatedServer(bug, random);
  }

  public static ClientHistory play(@Nullable Bug bug, long seed) {
    var scenario = new Scenario(bug, seed);
    scenario.run();
    return scenario.history;
  }

  private void run() {
    list();
    watch();
    for (int client = 0; client < CLIENTS; client++) {
      later(this::send);
    }
    later(this::readWatch);
    later(this::listNow);
    for (int step = 0; step < STEPS; step++) {
      if (random.nextInt(120) == 0) {
        crash();
      }
      var next = agenda.remove();
      now = Math.max(now, next.time());
      next.what().run();
    }
    finish();
  }

  private void finish() {
    giveUp();
    readWatch();
    now += 100;
    list();
  }

  /// Nobody answers any more.
  private void giveUp() {
    for (var operation : pending) {
      record(operation, operation.value, Long.MAX_VALUE, Outcome.UNKNOWN, 0, 0);
    }
    pending.clear();
  }

  private void later(Runnable what) {
    agenda.add(new Timed(now + 1 + random.nextInt(20), what));
  }

  private void send() {
    var key = "k" + random.nextInt(KEYS);
    var kind = KINDS.get(random.nextInt(KINDS.size()));
    boolean writes = kind != Kind.GET && kind != Kind.DELETE;
    var operation =
        new Pending(
            kind,
            key,
            writes ? "v" + ++values : "",
            kind == Kind.UPDATE ? seenVersions.getOrDefault(key, 1L) : 0,
            now);
    pending.add(operation);
    later(() -> serve(operation));
  }

  private void serve(Pending operation) {
    if (!pending.contains(operation)) {
      later(this::send);
      return;
    }
    operation.answer =
        server.apply(operation.kind, operation.key, operation.value, operation.precondition);
    later(() -> receive(operation));
  }

  private void receive(Pending operation) {
    var answer = operation.answer;
    if (pending.remove(operation) && answer != null) {
      boolean done = answer.code() < 300;
      record(
          operation,
          operation.kind == Kind.GET && done ? answer.value() : operation.value,
          now,
          done ? Outcome.DONE : Outcome.REFUSED,
          answer.code(),
          answer.version());
      if (answer.version() != 0) {
        seenVersions.put(operation.key, answer.version());
      }
    }
    later(this::send);
  }

  private void record(
      Pending operation, String value, long end, Outcome outcome, int code, long version) {
    history.add(
        new Operation(
            operation.kind,
            operation.key,
            value,
            operation.precondition,
            operation.start,
            end,
            outcome,
            code,
            version));
  }

  private void crash() {
    var left = pending.stream().filter(operation -> operation.answer == null).toList();
    giveUp();
    history.add(new ServerEnded(now));
    server.crash();
    left.forEach(operation ->
        server.keep(operation.kind, operation.key, operation.value, operation.precondition));
    now += 50;
    resumed = true;
    watch();
  }

  private void watch() {
    watch = ++watches;
    history.add(new WatchBegun(watch, position));
  }

  private void readWatch() {
    if (random.nextInt(4) > 0) {
      for (var change : server.behind(position, resumed)) {
        history.add(
            new WatchSaw(
                watch, change.type(), change.key(), change.value(), change.version(), now));
        position = Math.max(position, change.version());
      }
      resumed = false;
      if (random.nextInt(3) == 0) {
        long promise = server.promise(position);
        history.add(new WatchSaw(watch, EventType.BOOKMARK, null, "", promise, now));
      }
    }
    later(this::readWatch);
  }

  private void listNow() {
    list();
    later(() -> later(() -> later(this::listNow)));
  }

  private void list() {
    var page = server.list();
    history.add(new Listed(now, now + 1, page.version(), page.objects()));
    if (position == 0) {
      position = page.version();
    }
    now += 2;
  }
}

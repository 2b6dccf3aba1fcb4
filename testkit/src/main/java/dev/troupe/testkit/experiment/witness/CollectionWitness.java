package dev.troupe.testkit.experiment.witness;

import dev.troupe.testkit.audit.Observation.EventType;
import dev.troupe.testkit.process.Api;
import dev.troupe.testkit.process.ApiCalls;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import tools.jackson.databind.JsonNode;

/// An informer: lists a collection, follows it through whoever answers, and lists it anew only if
/// it is told that what it asks for is gone.
final class CollectionWitness implements AutoCloseable {

  private static final int MOST_CHANGES = 30_000;
  private static final int MOST_CHECKPOINTS = 20;
  private static final int CHECKPOINT_EVERY = 500;
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final Duration END = Duration.ofSeconds(15);

  private final WatchedCollection collection;
  private final List<ApiCalls> servers;
  private final LongSupplier nanos;
  private final Map<String, WitnessedState> held = new HashMap<>();
  private final Deque<ObjectChange> changes = new ArrayDeque<>();
  private final TreeMap<Long, Map<String, WitnessedState>> checkpoints = new TreeMap<>();
  private long position;
  private int sinceCheckpoint;
  private long seen;
  private long seenAtFirst;
  private int lists;
  private volatile boolean running = true;
  private final Thread thread;

  /// @param servers asked one after the other
  /// @param nanos the clock of clients
  CollectionWitness(WatchedCollection collection, List<ApiCalls> servers, LongSupplier nanos) {
    this.collection = collection;
    this.servers = List.copyOf(servers);
    this.nanos = nanos;
    this.thread = Thread.ofVirtual().name("informer of " + collection.name()).start(this::run);
  }

  private static final class ExpiredPositionException extends Exception {
    private static final long serialVersionUID = 1;
  }

  private void run() {
    long at = 0;
    for (int asked = 0; running; asked++) {
      var api = servers.get(asked % servers.size());
      try {
        at = at == 0 ? list(api) : at;
        while (running) {
          at = follow(api, at);
        }
      } catch (ExpiredPositionException expired) {
        at = 0;
      } catch (IOException | IllegalStateException | UncheckedIOException broken) {
        at = at == 0 ? 0 : position();
        var _ = Thread.interrupted();
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  private long list(ApiCalls api) throws IOException {
    var answer = api.get(collection.path());
    if (answer.code() != 200) {
      throw new IOException("a list answered " + answer.code());
    }
    return listed(answer.body());
  }

  /// What was shown before says nothing of what was missed since.
  private synchronized long listed(JsonNode list) {
    lists++;
    changes.clear();
    checkpoints.clear();
    held.clear();
    states(collection, list)
        .values()
        .forEach(state -> note(new ObjectChange(EventType.MODIFIED, state, nanos.getAsLong())));
    position = WitnessedState.version(list);
    remember();
    notifyAll();
    return position;
  }

  /// Waits until it has listed so many times.
  synchronized void awaitLists(int count) throws InterruptedException {
    while (lists < count) {
      wait();
    }
  }

  static Map<String, WitnessedState> states(WatchedCollection collection, JsonNode list) {
    var states = new TreeMap<String, WitnessedState>();
    for (var item : list.path("items")) {
      var state = WitnessedState.of(item, collection.facts());
      states.put(state.key(), state);
    }
    return states;
  }

  private long follow(ApiCalls api, long after) throws IOException, ExpiredPositionException {
    var path =
        collection.with(
            "watch=true&allowWatchBookmarks=true&timeoutSeconds=10&resourceVersion=" + after);
    try (var lines =
        new BufferedReader(new InputStreamReader(api.watch(path), StandardCharsets.UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        shown(Api.JSON.readTree(line));
      }
    } catch (Api.RefusedWatchException refused) {
      if (refused.isExpired()) {
        throw new ExpiredPositionException();
      }
      throw new IOException(refused);
    }
    return position();
  }

  private synchronized void shown(JsonNode event) throws ExpiredPositionException {
    var type = event.path("type").asString("");
    if (type.equals("ERROR")) {
      throw new ExpiredPositionException();
    }
    var object = event.path("object");
    if (!type.equals("BOOKMARK")) {
      note(
          new ObjectChange(
              EventType.valueOf(type),
              WitnessedState.of(object, collection.facts()),
              nanos.getAsLong()));
      sinceCheckpoint++;
    }
    position = Math.max(position, WitnessedState.version(object));
    if (sinceCheckpoint >= CHECKPOINT_EVERY) {
      remember();
    }
  }

  private void note(ObjectChange change) {
    if (change.isDeletion()) {
      held.remove(change.state().key());
    } else {
      held.put(change.state().key(), change.state());
    }
    seen++;
    changes.add(change);
    if (changes.size() > MOST_CHANGES) {
      changes.remove();
    }
  }

  /// What there was, for whoever asks later what has become of it: the first, as long as not too
  /// much has happened since, and the last ones.
  private void remember() {
    sinceCheckpoint = 0;
    if (checkpoints.isEmpty()) {
      seenAtFirst = seen;
    }
    checkpoints.put(position, Map.copyOf(held));
    if (checkpoints.size() > MOST_CHECKPOINTS) {
      var second = checkpoints.higherKey(checkpoints.firstKey());
      checkpoints.remove(second == null ? checkpoints.firstKey() : second);
    }
    if (seen - seenAtFirst > MOST_CHANGES) {
      var _ = checkpoints.pollFirstEntry();
      seenAtFirst = seen - (long) CHECKPOINT_EVERY * checkpoints.size();
    }
  }

  WatchedCollection collection() {
    return collection;
  }

  synchronized long position() {
    return position;
  }

  synchronized Map<String, WitnessedState> held() {
    return Map.copyOf(held);
  }

  synchronized List<ObjectChange> changes() {
    return List.copyOf(changes);
  }

  /// What there was at some versions, the oldest first.
  synchronized Map<Long, Map<String, WitnessedState>> checkpoints() {
    return new TreeMap<>(checkpoints);
  }

  /// Lets go of whoever it asks at the moment, and goes on with the next one.
  void shake() {
    thread.interrupt();
  }

  synchronized Informed informed(Optional<Map<String, WitnessedState>> listed) {
    return new Informed(collection.name(), lists == 1, changes(), held(), listed);
  }

  @Override
  public void close() {
    running = false;
    thread.interrupt();
    try {
      thread.join(END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

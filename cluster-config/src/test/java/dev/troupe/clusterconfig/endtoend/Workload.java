package dev.troupe.clusterconfig.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.testkit.process.Api;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/// Writers that remember every acknowledgement and a watcher that remembers every event, over any
/// number of crashes of the server.
///
/// Each writer owns its config maps, so that it knows what it must find: the last acknowledged
/// content, or one that it has tried to write since.
final class Workload {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int WRITERS = 6;
  private static final int NAMES_PER_WRITER = 8;
  private static final String PATH = "/api/v1/namespaces/default/configmaps";
  private static final String MARK = "load-mark";
  private static final String SELECTOR = "?labelSelector=load%3Dtrue";

  private final Path kubeconfig;
  private final Map<String, Written> written = new ConcurrentHashMap<>();
  private final ConcurrentSkipListMap<Long, String> acknowledgedVersions =
      new ConcurrentSkipListMap<>();
  private final TreeMap<Long, Seen> events = new TreeMap<>();
  private final AtomicInteger acknowledged = new AtomicInteger();
  private final AtomicLong position = new AtomicLong();
  private final List<Thread> threads = new ArrayList<>();
  private final List<String> violations = java.util.Collections.synchronizedList(new ArrayList<>());
  private volatile boolean running;
  private int marks;

  /// @param value the last acknowledged counter, or -1 after an acknowledged deletion
  /// @param tried the highest counter that was ever sent
  private record Written(int value, int tried, boolean deletionTried) {}

  private record Seen(String type, String name, int value) {}

  Workload(Path kubeconfig) {
    this.kubeconfig = kubeconfig;
  }

  static void deploy(Api api, int replicas) {
    var answer =
        api.post(
            "/apis/apps/v1/namespaces/default/deployments",
            """
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},
             "spec":{"replicas":%d,"selector":{"matchLabels":{"app":"web"}},
              "template":{"metadata":{"labels":{"app":"web"}},
               "spec":{"containers":[{"name":"web","image":"web:1"}]}}}}
            """
                .formatted(replicas));
    assertThat(answer.code()).as(answer.toString()).isEqualTo(201);
  }

  static int readyReplicas(Api api) {
    return api.get("/apis/apps/v1/namespaces/default/deployments/web")
        .body()
        .path("status")
        .path("readyReplicas")
        .asInt(0);
  }

  void start() {
    running = true;
    if (position.get() == 0) {
      position.set(version(Api.from(kubeconfig).get(PATH + SELECTOR).body()));
    }
    threads.add(Thread.ofPlatform().name("watcher").start(this::watch));
    for (int writer = 0; writer < WRITERS; writer++) {
      int number = writer;
      threads.add(Thread.ofPlatform().name("writer-" + writer).start(() -> write(number)));
    }
  }

  /// Ends the writers; the server is dead already.
  void stop() throws InterruptedException {
    running = false;
    for (var thread : threads) {
      thread.join();
    }
    threads.clear();
  }

  /// Waits until `more` writes have been acknowledged from now on.
  void awaitAcknowledged(int more) throws InterruptedException {
    int goal = acknowledged.get() + more;
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (acknowledged.get() < goal) {
      assertThat(System.nanoTime())
          .as("%s more writes are acknowledged", more)
          .isLessThan(deadline);
      Thread.sleep(1);
    }
  }

  /// Holds what the restarted server has against what was acknowledged and seen.
  void verify(Api api, String when) {
    catchUp(mark(api));
    var list = api.get(PATH + SELECTOR);
    assertThat(list.code()).as(when).isEqualTo(200);
    var found = new HashMap<String, Integer>();
    for (var item : list.body().path("items")) {
      found.put(name(item), counter(item));
    }
    written.forEach((name, last) -> {
      var value = found.get(name);
      if (value == null) {
        assertThat(last.value() < 0 || last.deletionTried())
            .as("%s: %s was acknowledged with %s and is gone", when, name, last)
            .isTrue();
      } else {
        assertThat(value).as("%s: %s, %s", when, name, last).isBetween(last.value(), last.tried());
      }
    });
    assertThat(folded()).as("%s: list = fold of the watch", when).isEqualTo(found);
    for (var version : acknowledgedVersions.keySet()) {
      assertThat(events)
          .as("%s: the watch has the acknowledged version", when)
          .containsKey(version);
    }
    assertThat(violations).as(when).isEmpty();
    // What was in doubt is known now.
    written.replaceAll(
        (name, last) -> new Written(found.getOrDefault(name, -1), last.tried(), false));
  }

  /// Writes once more, so that there is an event up to which the watch can be read.
  private long mark(Api api) {
    int next = ++marks;
    var answer =
        next == 1
            ? api.post(PATH, body(MARK, next))
            : api.patch(PATH + "/" + MARK, "{\"data\":{\"counter\":\"" + next + "\"}}");
    assertThat(answer.code()).as(answer.toString()).isIn(200, 201);
    written.put(MARK, new Written(next, next, false));
    return version(answer.body());
  }

  private Map<String, Integer> folded() {
    var state = new HashMap<String, Integer>();
    for (var event : events.values()) {
      if (event.type().equals("DELETED")) {
        state.remove(event.name());
      } else {
        state.put(event.name(), event.value());
      }
    }
    return state;
  }

  private void write(int writer) {
    var api = Api.from(kubeconfig);
    int turn = 0;
    while (running) {
      var name = "load-" + writer + "-" + turn++ % NAMES_PER_WRITER;
      var last = written.getOrDefault(name, new Written(-1, 0, false));
      try {
        step(api, name, last, turn);
      } catch (UncheckedIOException e) {
        return; // The server was killed; the outcome of this write is unknown.
      }
    }
  }

  private void step(Api api, String name, Written last, int turn) {
    int next = last.tried() + 1;
    if (last.value() >= 0 && turn % 11 == 0) {
      written.put(name, new Written(last.value(), last.tried(), true));
      var answer = api.delete(PATH + "/" + name);
      if (answer.code() == 200) {
        written.put(name, new Written(-1, last.tried(), false));
        acknowledged.incrementAndGet();
      } else {
        violations.add("delete of " + name + " answered " + answer);
      }
      return;
    }
    written.put(name, new Written(last.value(), next, last.deletionTried()));
    var answer =
        last.value() < 0
            ? api.post(PATH, body(name, next))
            : api.patch(PATH + "/" + name, "{\"data\":{\"counter\":\"" + next + "\"}}");
    if (answer.code() == 200 || answer.code() == 201) {
      written.put(name, new Written(next, next, false));
      acknowledged.incrementAndGet();
      var repeated = acknowledgedVersions.put(version(answer.body()), name);
      if (repeated != null) {
        violations.add("one version for " + name + " and " + repeated);
      }
    } else {
      violations.add("write of " + name + " answered " + answer);
    }
  }

  private void watch() {
    try {
      follow(Long.MAX_VALUE);
    } catch (IOException | UncheckedIOException e) {
      if (running) {
        // The kill reaches the watcher before the writers are told.
        return;
      }
    }
  }

  /// Resumes the watch where it broke, up to `version`.
  private void catchUp(long version) {
    try {
      follow(version);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void follow(long until) throws IOException {
    if (position.get() >= until) {
      return;
    }
    var path =
        PATH
            + SELECTOR
            + "&watch=true&allowWatchBookmarks=true&timeoutSeconds=10&resourceVersion="
            + position.get();
    try (var lines =
        new BufferedReader(
            new InputStreamReader(Api.from(kubeconfig).watch(path), StandardCharsets.UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        take(Api.JSON.readTree(line));
        if (position.get() >= until) {
          return;
        }
      }
    }
  }

  private void take(JsonNode event) {
    var type = event.path("type").asString();
    var object = event.path("object");
    if (type.equals("ERROR")) {
      violations.add("the watch cannot be resumed: " + event);
      throw new IllegalStateException(event.toString());
    }
    long version = version(object);
    if (type.equals("BOOKMARK")) {
      position.set(Math.max(position.get(), version));
      return;
    }
    if (version <= position.get()) {
      violations.add("version " + version + " after position " + position);
    }
    position.set(version);
    if (events.put(version, new Seen(type, name(object), counter(object))) != null) {
      violations.add("version " + version + " was delivered twice");
    }
  }

  private static String body(String name, int counter) {
    return """
    {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"%s","labels":{"load":"true"}},
     "data":{"counter":"%d","filler":"%s"}}
    """
        .formatted(name, counter, "x".repeat(1000));
  }

  private static long version(JsonNode object) {
    return Long.parseLong(object.path("metadata").path("resourceVersion").asString());
  }

  private static String name(JsonNode object) {
    return object.path("metadata").path("name").asString();
  }

  private static int counter(JsonNode object) {
    return Integer.parseInt(object.path("data").path("counter").asString());
  }
}

package dev.troupe.clusterconfig.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.testkit.audit.Audit;
import dev.troupe.testkit.audit.ClientHistory;
import dev.troupe.testkit.audit.Observation.Outcome;
import dev.troupe.testkit.audit.Observation.ServerEnded;
import dev.troupe.testkit.audit.RecordingApi;
import dev.troupe.testkit.process.Api;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Writers that race for a few objects, a reader that lists them and a watcher, over any number of
/// crashes of the server, or none. Everything is recorded, and held against what the API promises.
final class Workload {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LIST_PAUSE = Duration.ofMillis(50);
  private static final int WRITERS = 6;
  private static final int OBJECTS = 16;
  private static final String MARK = "load-mark";
  private static final String LABEL = "load";
  private static final int FILLER_BYTES = 1_000;

  private final Path kubeconfig;
  private final Path file;
  private final Random seeds;
  private final List<String> namespaces;
  private final Duration pause;
  private final ClientHistory history = new ClientHistory();
  private final Map<String, Long> versions = new ConcurrentHashMap<>();
  private final AtomicInteger acknowledged = new AtomicInteger();
  private final AtomicLong values = new AtomicLong();
  private final AtomicLong position = new AtomicLong();
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicInteger failed = new AtomicInteger();
  private volatile boolean running;
  private boolean marked;

  /// @param file where the history is written if something is wrong
  Workload(Path kubeconfig, Path file, long seed) {
    this(kubeconfig, file, seed, List.of("default"), Duration.ZERO);
  }

  /// @param namespaces over which the objects are spread
  /// @param pause of a writer after each write
  Workload(Path kubeconfig, Path file, long seed, List<String> namespaces, Duration pause) {
    this.kubeconfig = kubeconfig;
    this.file = file;
    this.namespaces = namespaces;
    this.pause = pause;
    seeds = new Random(seed);
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

  private RecordingApi api() {
    var api = Api.from(kubeconfig);
    return namespaces.size() == 1
        ? new RecordingApi(
            api, history, System::nanoTime, namespaces.getFirst(), LABEL, FILLER_BYTES)
        : RecordingApi.everywhere(
            api, history, System::nanoTime, this::namespace, LABEL, FILLER_BYTES);
  }

  private String namespace(String key) {
    return namespaces.get(Math.floorMod(key.hashCode(), namespaces.size()));
  }

  void start() {
    running = true;
    if (position.get() == 0) {
      position.set(api().list().orElseThrow().version());
    }
    start("watcher", this::watch);
    start("lister", this::list);
    for (int writer = 0; writer < WRITERS; writer++) {
      var random = new Random(seeds.nextLong());
      start("writer-" + writer, () -> write(random));
    }
  }

  private void start(String name, Runnable work) {
    threads.add(
        Thread.ofPlatform()
            .name(name)
            .uncaughtExceptionHandler((_, _) -> failed.incrementAndGet())
            .start(work));
  }

  /// Ends the clients; the server is dead already, and has its store for itself.
  void stop() throws InterruptedException {
    history.add(new ServerEnded(System.nanoTime()));
    running = false;
    join();
  }

  /// Ends the clients of a server that goes on.
  void end() throws InterruptedException {
    running = false;
    // The watcher waits for an event.
    mark(api());
    join();
  }

  private void join() throws InterruptedException {
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

  /// Reads what the restarted server has, and holds everything that was ever seen against its
  /// promises.
  void verify(String when) {
    var api = api();
    long mark = mark(api);
    while (position.get() < mark) {
      long before = position.get();
      position.set(api.watch(before, reached -> reached >= mark));
      assertThat(position.get()).as("%s: the watch goes on", when).isGreaterThan(before);
    }
    assertThat(api.list()).as(when).isPresent();
    var violations = Audit.of(history);
    if (!violations.isEmpty() || failed.get() > 0) {
      history.writeTo(file);
    }
    assertThat(violations).as("%s, history in %s", when, file).isEmpty();
    assertThat(failed).as("%s: clients that failed, history in %s", when, file).hasValue(0);
  }

  /// Writes once more, so that there is an event up to which the watch can be read.
  private long mark(RecordingApi api) {
    var done =
        marked
            ? api.patch(MARK, "v" + values.incrementAndGet())
            : api.create(MARK, "v" + values.incrementAndGet());
    marked = true;
    assertThat(done.outcome()).as("%s", done).isEqualTo(Outcome.DONE);
    return done.version();
  }

  private void write(Random random) {
    var api = api();
    var key = key(random);
    while (running) {
      // A read behind a write of the same client sees at once what is stale.
      boolean reads = random.nextInt(4) == 0;
      key = reads ? key : key(random);
      var done = reads ? remember(key, api.get(key)) : change(api, random, key);
      if (done.outcome() == Outcome.UNKNOWN && done.code() == 0) {
        return; // The server was killed.
      }
      if (done.outcome() == Outcome.DONE) {
        acknowledged.incrementAndGet();
      }
      LockSupport.parkNanos(pause.toNanos());
    }
  }

  private static String key(Random random) {
    return "load-" + random.nextInt(OBJECTS);
  }

  /// Updates demand a version that another writer may have left behind: of those that demand the
  /// same, one wins.
  private RecordingApi.Done change(RecordingApi api, Random random, String key) {
    var value = "v" + values.incrementAndGet();
    int dice = random.nextInt(17);
    if (dice == 0) {
      return api.delete(key);
    }
    if (dice < 5) {
      return remember(key, api.create(key, value));
    }
    long version = versions.getOrDefault(key, 0L);
    return remember(
        key, dice < 11 && version != 0 ? api.update(key, value, version) : api.patch(key, value));
  }

  private RecordingApi.Done remember(String key, RecordingApi.Done done) {
    if (done.version() != 0) {
      versions.merge(key, done.version(), Math::max);
    }
    return done;
  }

  private void watch() {
    while (running) {
      long before = position.get();
      position.set(api().watch(before, _ -> !running));
      if (position.get() == before) {
        return; // The server was killed.
      }
    }
  }

  private void list() {
    var api = api();
    while (running && api.list().isPresent()) {
      LockSupport.parkNanos(LIST_PAUSE.toNanos());
    }
  }
}

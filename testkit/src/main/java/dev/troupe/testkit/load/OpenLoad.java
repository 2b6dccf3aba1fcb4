package dev.troupe.testkit.load;

import dev.troupe.testkit.audit.ClientHistory;
import dev.troupe.testkit.audit.Observation.Outcome;
import dev.troupe.testkit.audit.RecordingApi;
import dev.troupe.testkit.process.Api;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// Writers of one object each, readers of one object each, and for each endpoint a lister and a
/// watcher of the whole collection. Everybody begins each request when it is due, or as soon as the
/// one before is over: it counts from when it was due. All that they see is recorded.
public final class OpenLoad implements AutoCloseable {

  private static final int FILLER_BYTES = 200;
  private static final String CONFLICT = "409 ";

  private final List<AskedServer> endpoints;
  private final LoadSettings settings;
  private final ClientHistory history = new ClientHistory();
  private final ConcurrentLinkedQueue<DueRequest> requests = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Throwable> broken = new ConcurrentLinkedQueue<>();
  private final Map<String, Long> dues = new ConcurrentHashMap<>();
  private final AtomicLong values = new AtomicLong();
  private final List<Sightings> sightings = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean running = true;

  private OpenLoad(List<AskedServer> endpoints, LoadSettings settings) {
    this.endpoints = List.copyOf(endpoints);
    this.settings = settings;
  }

  /// Creates the namespaces and objects, and begins.
  public static OpenLoad start(List<AskedServer> endpoints, LoadSettings settings) {
    var load = new OpenLoad(endpoints, settings);
    load.prepare();
    load.begin();
    return load;
  }

  private record Subject(String key, LoadSettings.Namespace namespace, AskedServer endpoint) {}

  /// One object for each namespace and endpoint.
  private List<Subject> subjects() {
    var subjects = new ArrayList<Subject>();
    for (var namespace : settings.namespaces()) {
      for (var endpoint : endpoints) {
        subjects.add(new Subject(key(namespace, endpoint.number()), namespace, endpoint));
      }
    }
    return subjects;
  }

  private String key(LoadSettings.Namespace namespace, int endpoint) {
    return namespace.name() + "." + endpoint + "." + settings.name();
  }

  private static String namespace(String key) {
    return key.substring(0, key.indexOf('.'));
  }

  private RecordingApi recording(PatientClient client) {
    return RecordingApi.everywhere(
        client, history, System::nanoTime, OpenLoad::namespace, settings.name(), FILLER_BYTES);
  }

  private void prepare() {
    var client = client(0);
    for (var namespace : settings.namespaces()) {
      var answer =
          client.post(
              "/api/v1/namespaces",
              "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"%s\"}}"
                  .formatted(namespace.name()));
      require(answer.code() == 201 || answer.code() == 409, answer);
    }
    var api = recording(client);
    for (var subject : subjects()) {
      var done = api.create(subject.key(), nextValue());
      require(done.outcome() == Outcome.DONE, done);
    }
  }

  private static void require(boolean right, Object answer) {
    if (!right) {
      throw new IllegalStateException("the load cannot begin: " + answer);
    }
  }

  private PatientClient client(int endpoint) {
    return new PatientClient(endpoints, endpoint);
  }

  private String nextValue() {
    return "v" + values.incrementAndGet();
  }

  private void begin() {
    var subjects = subjects();
    if (settings.writesPerSecond() > 0) {
      var writes = Rhythm.shared(settings.writesPerSecond(), subjects.size());
      for (int i = 0; i < subjects.size(); i++) {
        write(subjects.get(i), writes.from(i, subjects.size()));
      }
    }
    if (settings.readsPerSecond() > 0) {
      var reads = Rhythm.shared(settings.readsPerSecond(), subjects.size());
      for (int i = 0; i < subjects.size(); i++) {
        read(subjects.get(i), reads.from(i, subjects.size()));
      }
    }
    for (var endpoint : endpoints) {
      list(endpoint, Rhythm.every(settings.listEvery()));
      watch(endpoint);
    }
  }

  private void write(Subject subject, Rhythm rhythm) {
    var client = client(subject.endpoint().number());
    var api = recording(client);
    repeat(
        "write " + subject.key(),
        subject.namespace().partition(),
        client,
        rhythm,
        () -> api.patch(subject.key(), nextValue()));
  }

  private void read(Subject subject, Rhythm rhythm) {
    var client = client(subject.endpoint().number());
    var api = recording(client);
    repeat(
        "read " + subject.key(),
        subject.namespace().partition(),
        client,
        rhythm,
        () -> api.get(subject.key()));
  }

  /// Lets one more client, which is pinned to an endpoint, read an object of a partition without
  /// ever changing to another endpoint.
  public void readPinned(int endpoint, LoadSettings.Namespace namespace, Duration every) {
    var client = new PatientClient(List.of(endpoints.get(endpoint)), 0);
    var api = recording(client);
    var key = key(namespace, endpoint);
    repeat("pinned " + key, namespace.partition(), client, Rhythm.every(every), () -> api.get(key));
  }

  /// Lets some more clients fight for one more object of a namespace: each reads it, and then updates
  /// the version that it has seen. Of those who have seen the same, one is taken; the others are
  /// refused, which is no fault.
  public void contend(LoadSettings.Namespace namespace, int clients, int perSecond) {
    var key = namespace.name() + ".hot." + settings.name();
    var done = recording(client(0)).create(key, nextValue());
    require(done.outcome() == Outcome.DONE, done);
    var rhythm = Rhythm.shared(perSecond, clients);
    for (int i = 0; i < clients; i++) {
      var client = client(i % endpoints.size());
      var api = recording(client);
      var seen = new AtomicLong();
      repeat(
          "contend " + key + "." + i,
          namespace.partition(),
          () -> client.fault().startsWith(CONFLICT) ? "" : client.fault(),
          client,
          rhythm.from(i, clients),
          () -> contend(api, key, seen));
    }
  }

  /// @param seen the version that is to be updated next; 0 if it is to be read
  private Object contend(RecordingApi api, String key, AtomicLong seen) {
    long version = seen.getAndSet(0);
    if (version != 0) {
      return api.update(key, nextValue(), version);
    }
    var done = api.get(key);
    seen.set(done.version());
    return done;
  }

  private void list(AskedServer endpoint, Rhythm rhythm) {
    var client = client(endpoint.number());
    var api = recording(client);
    repeat("list " + endpoint.number(), "", client, rhythm, () -> listed(api));
  }

  private static Object listed(RecordingApi api) {
    try {
      return api.list();
    } catch (IllegalStateException refused) {
      return refused;
    }
  }

  private void repeat(
      String name, String subject, PatientClient client, Rhythm rhythm, Supplier<?> request) {
    repeat(name, subject, client::fault, client, rhythm, request);
  }

  /// @param fault why the last request failed; empty if it did not
  private void repeat(
      String name,
      String subject,
      Supplier<String> fault,
      PatientClient client,
      Rhythm rhythm,
      Supplier<?> request) {
    run(
        name,
        () -> {
          long due = rhythm.first();
          while (running) {
            dues.put(name, due);
            LockSupport.parkNanos(due - System.nanoTime());
            if (running && System.nanoTime() >= due) {
              long start = System.nanoTime();
              var _ = request.get();
              requests.add(
                  new DueRequest(
                      name,
                      client.through(),
                      subject,
                      due,
                      start,
                      System.nanoTime(),
                      fault.get()));
              due += rhythm.nanos();
            }
          }
        });
  }

  private void watch(AskedServer endpoint) {
    var client = client(endpoint.number());
    var api = recording(client);
    var seen = new Sightings(endpoint.number());
    sightings.add(seen);
    long begin = api.list().orElseThrow().version();
    run(
        "watch " + endpoint.number(),
        () -> {
          long position = begin;
          while (running) {
            seen.begins(System.nanoTime());
            long before = position;
            position =
                api.watch(
                    position,
                    reached -> {
                      seen.shown(reached, System.nanoTime());
                      return !running;
                    });
            seen.ended(client.fault());
            if (position == before) {
              LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
          }
        });
  }

  private void run(String name, Runnable work) {
    threads.add(
        Thread.ofVirtual()
            .name(name)
            .uncaughtExceptionHandler((_, failure) -> broken.add(failure))
            .start(work));
  }

  /// All that clients have done and seen, for the audit.
  public ClientHistory history() {
    return history;
  }

  public List<DueRequest> requests() {
    return List.copyOf(requests);
  }

  /// For how long the one of all requests has been due that has been so the longest.
  public Duration behind() {
    long now = System.nanoTime();
    return Duration.ofNanos(
        dues.values().stream().mapToLong(due -> now - due).reduce(0, Math::max));
  }

  /// When each watcher was shown something.
  public List<Sightings> sightings() {
    return List.copyOf(sightings);
  }

  /// Ends all clients, and lists once more through each endpoint that answers, so that everything
  /// that was acknowledged has been looked for.
  ///
  /// @throws IllegalStateException if a client could not go on
  public void end() {
    running = false;
    join();
    for (var endpoint : endpoints) {
      try {
        listed(recording(client(endpoint.number())));
      } catch (UncheckedIOException gone) {
        // Another one answers.
      }
    }
    var failure = broken.peek();
    if (failure != null) {
      throw new IllegalStateException("a client could not go on: " + failure, failure);
    }
  }

  private void join() {
    try {
      for (var thread : threads) {
        // A watcher looks up when it is shown something, or after ten seconds.
        thread.join(Duration.ofSeconds(40));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    running = false;
    threads.forEach(Thread::interrupt);
  }

  /// Where clients of a server without others ask.
  public static List<AskedServer> servers(List<Api> servers) {
    var endpoints = new ArrayList<AskedServer>();
    for (var server : servers) {
      endpoints.add(new AskedServer(endpoints.size(), server));
    }
    return endpoints;
  }
}

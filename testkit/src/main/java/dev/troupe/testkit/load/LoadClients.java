package dev.troupe.testkit.load;

import dev.troupe.testkit.audit.ClientHistory;
import dev.troupe.testkit.audit.Observation;
import dev.troupe.testkit.audit.Observation.Outcome;
import dev.troupe.testkit.audit.RecordingApi;
import dev.troupe.testkit.audit.RecordingApi.GonePositionException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Clients of several servers, each of which asks one thing after the other when it is due. Objects
/// have a name that begins with their namespace's and a dot.
final class LoadClients implements AutoCloseable {

  private static final int FILLER_BYTES = 200;
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final List<AskedServer> endpoints;
  private final String name;
  private final ClientHistory history = new ClientHistory();
  private final Map<String, ClientHistory> others = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<DueRequest> requests = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Throwable> broken = new ConcurrentLinkedQueue<>();
  private final Map<String, Long> dues = new ConcurrentHashMap<>();
  private final AtomicLong values = new AtomicLong();
  private final AtomicInteger pasts = new AtomicInteger();
  private final List<Sightings> sightings = new CopyOnWriteArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean running = true;

  /// @param name of the load, which its objects bear
  LoadClients(List<AskedServer> endpoints, String name) {
    this.endpoints = List.copyOf(endpoints);
    this.name = name;
  }

  /// What a client asks.
  interface Request {
    /// @return the partition that it is about; empty if about more than one
    String ask();
  }

  /// A client that asks an endpoint first, counted on from the first behind the last.
  PatientClient client(int endpoint) {
    return new PatientClient(endpoints, endpoint % endpoints.size());
  }

  RecordingApi recording(PatientClient client) {
    return RecordingApi.everywhere(
        client, history, System::nanoTime, LoadClients::namespace, name, FILLER_BYTES);
  }

  private static String namespace(String key) {
    return key.substring(0, key.indexOf('.'));
  }

  /// An object of the load.
  String key(LoadSettings.Namespace namespace, String which) {
    return namespace.name() + "." + which + "." + name;
  }

  /// Different from all others.
  String nextValue() {
    return "v" + nextNumber();
  }

  /// Different from all others.
  int nextNumber() {
    return Math.toIntExact(values.incrementAndGet());
  }

  void createNamespaces(List<LoadSettings.Namespace> namespaces) {
    var client = client(0);
    for (var namespace : namespaces) {
      var answer =
          client.post(
              "/api/v1/namespaces",
              "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"%s\"}}"
                  .formatted(namespace.name()));
      require(answer.code() == 201 || answer.code() == 409, answer);
    }
  }

  void create(List<String> keys) {
    var api = recording(client(0));
    for (var key : keys) {
      var done = api.create(key, nextValue());
      require(done.outcome() == Outcome.DONE, done);
    }
  }

  private static void require(boolean right, Object answer) {
    if (!right) {
      throw new IllegalStateException("the load cannot begin: " + answer);
    }
  }

  /// Lets a client ask again and again.
  void repeat(String name, PatientClient client, Rhythm rhythm, Request request) {
    repeat(name, client, UnaryOperator.identity(), rhythm, request);
  }

  /// @param faults makes of what went wrong what counts as a fault; empty if it does not
  void repeat(
      String name,
      PatientClient client,
      UnaryOperator<String> faults,
      Rhythm rhythm,
      Request request) {
    run(
        name,
        () -> {
          long due = rhythm.first();
          while (running) {
            dues.put(name, due);
            LockSupport.parkNanos(due - System.nanoTime());
            if (running && System.nanoTime() >= due) {
              long start = System.nanoTime();
              var subject = request.ask();
              long end = System.nanoTime();
              requests.add(
                  new DueRequest(
                      name,
                      client.through(),
                      subject,
                      due,
                      start,
                      end,
                      faults.apply(client.fault())));
              due += rhythm.nanos();
            }
          }
        });
  }

  void list(String name, int endpoint, Rhythm rhythm) {
    var client = client(endpoint);
    var api = recording(client);
    repeat(
        name,
        client,
        rhythm,
        () -> {
          var _ = listed(api);
          return "";
        });
  }

  /// Empty if it was refused, or nobody answered.
  private static Optional<Observation.Listed> listed(RecordingApi api) {
    try {
      return api.list();
    } catch (IllegalStateException refused) {
      return Optional.empty();
    }
  }

  /// Lists, and then follows everything in one watch after the other, each of which goes on where
  /// the one before has ended. Only where the past may end does it list anew.
  ///
  /// @param lasts after which a watch is ended when it is shown something; zero for never
  void watch(String name, int endpoint, Duration lasts) {
    var client = client(endpoint);
    var api = recording(client);
    var seen = new Sightings(endpoint % endpoints.size());
    sightings.add(seen);
    long begin = api.list().orElseThrow().version();
    run(
        name,
        () -> {
          long position = begin;
          while (running) {
            long before = position;
            try {
              position = follow(api, seen, position, lasts);
            } catch (GonePositionException gone) {
              if (seen.expired() > pasts.get()) {
                throw gone;
              }
              position = listedAnew(api, position);
            }
            seen.ended(client.fault());
            if (position == before) {
              LockSupport.parkNanos(PAUSE.toNanos());
            }
          }
        });
  }

  private long follow(RecordingApi api, Sightings seen, long position, Duration lasts) {
    long begun = System.nanoTime();
    seen.begins(begun);
    return api.watch(
        position,
        reached -> {
          long now = System.nanoTime();
          seen.shown(reached, now);
          return !running || (!lasts.isZero() && now - begun > lasts.toNanos());
        });
  }

  /// @return where to go on; where it was if nobody answers before the end
  private long listedAnew(RecordingApi api, long position) {
    while (running) {
      var listed = listed(api);
      if (listed.isPresent()) {
        return listed.get().version();
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    return position;
  }

  /// Once from now on each watcher may be told that what it would go on from is gone.
  void pastMayEnd() {
    pasts.incrementAndGet();
  }

  private void run(String name, Runnable work) {
    threads.add(
        Thread.ofVirtual()
            .name(name)
            .uncaughtExceptionHandler((_, failure) -> broken.add(failure))
            .start(work));
  }

  ClientHistory history() {
    return history;
  }

  /// Of something else, whose versions cannot be compared with those of config maps.
  ClientHistory history(String which) {
    return others.computeIfAbsent(which, _ -> new ClientHistory());
  }

  /// Of all of them.
  List<ClientHistory> histories() {
    return Stream.concat(Stream.of(history), others.values().stream()).toList();
  }

  List<DueRequest> requests() {
    return List.copyOf(requests);
  }

  Duration behind() {
    long now = System.nanoTime();
    return Duration.ofNanos(
        dues.values().stream().mapToLong(due -> now - due).reduce(0, Math::max));
  }

  List<Sightings> sightings() {
    return List.copyOf(sightings);
  }

  /// Ends all of them, and lists once more through each endpoint that answers.
  ///
  /// @throws IllegalStateException if one could not go on
  void end() {
    running = false;
    join();
    for (var endpoint : endpoints) {
      try {
        var _ = listed(recording(client(endpoint.number())));
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
}

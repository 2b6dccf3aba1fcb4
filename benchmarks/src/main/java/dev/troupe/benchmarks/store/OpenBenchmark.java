package dev.troupe.benchmarks.store;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.Version;
import dev.troupe.benchmarks.report.Report;
import dev.troupe.benchmarks.report.Spread;
import dev.troupe.persistence.postgresql.PostgresEventStore;
import dev.troupe.resources.codec.index.IndexEntryReader;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.runtime.collection.index.IndexLoader;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.EventStore.Group;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.WriteCause;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/// What the next owner of a partition waits for on PostgreSQL before it can serve: the new epoch,
/// and all objects with what must be known to find them. The store is open already, as it is at a
/// member that takes over.
public final class OpenBenchmark {

  private static final int GROUP = 100;
  private static final WriteCause CAUSE = WriteCause.user("admin", "bench", "update");

  private static final String UID = "3d6c6f0e-5d4c-4f0a-9d2b-0d1f3c5b7a99";
  private static final String VALUE = "x".repeat(1_300);

  /// Seconds.
  private record Opening(double open, double scan) {

    double both() {
      return open + scan;
    }
  }

  private final EventStore store;
  private final int history;
  private final PartitionId partition;
  private final IndexEntryReader reader;

  private OpenBenchmark(EventStore store, int number, int history) {
    this.store = store;
    this.history = history;
    this.partition = new PartitionId(Values.COLLECTION, number);
    this.reader =
        IndexEntryReader.of(ResourceRegistry.standard().find(Values.COLLECTION).orElseThrow());
  }

  /// @param url of an empty database; without one, a server is started
  /// @param objects a row for each number, each in a partition of its own
  /// @param history events of each object
  public static Report run(
      Path directory,
      Optional<String> url,
      List<Integer> objects,
      int history,
      int rounds,
      PrintWriter progress) {
    var report = new Report();
    try (var server = url.map(PostgresServer::at).orElseGet(() -> PostgresServer.below(directory));
        var store = PostgresEventStore.open(server.settings(), InstantSource.system())) {
      progress.println(server.name());
      for (int number = 0; number < objects.size(); number++) {
        new OpenBenchmark(store, number, history)
            .row(objects.get(number), rounds, report, progress);
      }
    }
    return report;
  }

  private void row(int objects, int rounds, Report report, PrintWriter progress) {
    fill(objects);
    progress.println(objects + " objects with " + history + " events each are stored");
    var openings = new ArrayList<Opening>();
    for (int round = 0; round < rounds; round++) {
      openings.add(opening(objects));
      progress.printf("  %.2f s%n", openings.getLast().both());
    }
    report
        .row()
        .put("objects", objects)
        .put("first s", openings.getFirst().both())
        .put("open s", spread(openings, Opening::open).median())
        .put("scan s", spread(openings, Opening::scan).median())
        .put("both s", spread(openings, Opening::both));
  }

  private static Spread spread(List<Opening> openings, ToDoubleFunction<Opening> value) {
    return Spread.of(openings.stream().mapToDouble(value).toArray());
  }

  private void fill(int objects) {
    long epoch = open();
    for (int first = 0; first < objects * history; first += GROUP) {
      var events = new ArrayList<EventRecord>();
      for (int number = first; number < Math.min(first + GROUP, objects * history); number++) {
        events.add(event(epoch, number, objects));
      }
      Values.checkStored(
          store
              .append(List.of(new Group(partition, epoch, events, Map.of())))
              .toCompletableFuture()
              .join());
    }
    store.close(partition, epoch, true).toCompletableFuture().join();
  }

  private EventRecord event(long epoch, int number, int objects) {
    int sequence = number / objects + 1;
    var name = "object-" + number % objects;
    return new EventRecord(
        partition,
        epoch,
        version(number),
        sequence == 1 ? 0 : version(number - objects),
        sequence,
        sequence == 1 ? EventRecord.Type.CREATED : EventRecord.Type.UPDATED,
        new ResourceKey(partition.collection(), "default", name),
        UID,
        body(name),
        Map.of("app", "bench"),
        Map.of(),
        CAUSE,
        "",
        number);
  }

  /// A config map of about 1.5 KB.
  private static byte[] body(String name) {
    return """
    {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"%s","namespace":"default",\
    "uid":"%s","creationTimestamp":"2026-11-30T00:00:00Z","labels":{"app":"bench"}},\
    "data":{"value":"%s"}}\
    """
        .formatted(name, UID, VALUE)
        .getBytes(StandardCharsets.UTF_8);
  }

  /// No two partitions of a collection have the same.
  private long version(int number) {
    return Version.atMillis(number + 1) + partition.number();
  }

  private Opening opening(int objects) {
    long start = System.nanoTime();
    long epoch = open();
    long opened = System.nanoTime();
    var loader = new IndexLoader(reader, Set.of());
    long found = store.scan(partition, Long.MAX_VALUE, loader::add).toCompletableFuture().join();
    var index = loader.index();
    long loaded = System.nanoTime();
    if (found != objects || index.size() != objects) {
      throw new IllegalStateException(found + " of " + objects + " objects were found");
    }
    store.close(partition, epoch, true).toCompletableFuture().join();
    return new Opening((opened - start) / 1e9, (loaded - opened) / 1e9);
  }

  private long open() {
    return store.open(partition).toCompletableFuture().join().epoch();
  }
}

package dev.troupe.benchmarks.recovery;

import dev.troupe.benchmarks.load.ClosedLoop;
import dev.troupe.benchmarks.load.Disk;
import dev.troupe.benchmarks.report.Report;
import dev.troupe.benchmarks.report.Spread;
import dev.troupe.benchmarks.server.Bodies;
import dev.troupe.benchmarks.server.Creates;
import dev.troupe.runtime.store.EventStore.Retention;
import dev.troupe.runtime.store.EventStore.Rule;
import dev.troupe.testkit.process.Api;
import dev.troupe.testkit.process.TroupeProcess;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// What many objects with a history cost: disk, heap, and how long a start, the rebuilding of a
/// lost index, a backup and pruning take.
public final class RecoveryBenchmark {

  private static final int WRITERS = 64;

  private final Path data;
  private final Path store;
  private final int objects;
  private final int events;
  private final int rounds;
  private final PrintWriter progress;
  private final Report.Row row;
  private int total;

  private RecoveryBenchmark(
      Path directory, int objects, int events, int rounds, PrintWriter progress, Report.Row row) {
    data = directory.resolve("data");
    store = data.resolve("store");
    this.objects = objects;
    this.events = events;
    this.rounds = rounds;
    this.progress = progress;
    this.row = row;
  }

  public static Report run(
      Path directory, int objects, int events, int rounds, PrintWriter progress) {
    var report = new Report();
    var row = report.row().put("objects", objects).put("events/object", events);
    new RecoveryBenchmark(directory, objects, events, rounds, progress, row).run();
    return report;
  }

  private void run() {
    long emptyHeap = fill();
    look(emptyHeap);
    row.put("seconds to first list", restarts());
    row.put("seconds without index", restartsWithoutIndex());
    prune();
  }

  /// @return the heap of a server that has nothing to remember
  private long fill() {
    ObjectNode template;
    long heap;
    try (var server = TroupeProcess.up(data, 0, "--nodes", "0")) {
      heap = Heap.usedBytes(server.pid());
      var created = server.api().post(Creates.PATH, Bodies.configMap("template", 0));
      template = (ObjectNode) created.body();
      server.stop();
    }
    var disk = Disk.below(data);
    double before = disk.written();
    long payload = storeHistory(template);
    double written = disk.written() - before;
    row.put("write amplification", written / payload);
    row.put("disk bytes/object", StoreFiles.bytes(store) / objects);
    progress.printf("%d events of %d objects stored%n", (long) objects * events, objects);
    return heap;
  }

  /// @return the bytes of all objects
  private long storeHistory(ObjectNode template) {
    try (var history = new GrownHistory(store, template, objects)) {
      ClosedLoop.fill(history, Math.min(WRITERS, objects), (long) objects * events);
      return history.payload();
    }
  }

  /// Checks every object once, and measures what needs a server that runs.
  private void look(long emptyHeap) {
    try (var server = TroupeProcess.up(data, 0, "--nodes", "0")) {
      row.put("heap bytes/object", (Heap.usedBytes(server.pid()) - emptyHeap) / objects);
      total = Restart.count(server.api());
      checkAll(server.api());
      var file = data.resolveSibling("backup");
      row.put(
          "seconds to back up", Backup.run(data, file, data.resolveSibling("backup.log").toFile()));
      row.put("backup bytes/object", file.toFile().length() / objects);
      server.kill();
    }
  }

  private void checkAll(Api api) {
    int found = 0;
    String next = "";
    do {
      var page = api.get(Creates.PATH + "?limit=5000&continue=" + next).body();
      for (var object : page.path("items")) {
        if (object.path("data").path(GrownHistory.EVENT).asString("").equals("" + events)) {
          found++;
        }
      }
      next = page.path("metadata").path("continue").asString("");
    } while (!next.isEmpty());
    if (found != objects) {
      throw new IllegalStateException(
          "%d objects are as they were stored last, of %d".formatted(found, objects));
    }
  }

  private Spread restarts() {
    var seconds = new double[rounds];
    Arrays.setAll(seconds, _ -> Restart.firstList(data, total, progress));
    return Spread.of(seconds);
  }

  private Spread restartsWithoutIndex() {
    var seconds = new double[rounds];
    Arrays.setAll(
        seconds,
        _ -> {
          StoreFiles.loseIndex(store);
          progress.print("index lost, ");
          return Restart.firstList(data, total, progress);
        });
    return Spread.of(seconds);
  }

  /// Leaves one event of each object.
  private void prune() {
    try (var opened = GrownHistory.open(store)) {
      long start = System.nanoTime();
      opened
          .prune(new Retention(new Rule(Duration.ofMillis(1), 1), Map.of()))
          .toCompletableFuture()
          .join();
      row.put("seconds to prune", (System.nanoTime() - start) / 1e9);
    }
    row.put("disk bytes/object pruned", StoreFiles.bytes(store) / objects);
  }
}

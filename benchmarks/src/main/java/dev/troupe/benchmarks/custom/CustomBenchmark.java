package dev.troupe.benchmarks.custom;

import dev.troupe.benchmarks.client.ApiClient;
import dev.troupe.benchmarks.load.ClosedLoop;
import dev.troupe.benchmarks.load.Contest;
import dev.troupe.benchmarks.load.Contest.Side;
import dev.troupe.benchmarks.load.Disk;
import dev.troupe.benchmarks.load.LoadResult;
import dev.troupe.benchmarks.load.Series;
import dev.troupe.benchmarks.report.Report;
import dev.troupe.benchmarks.report.Rounds;
import dev.troupe.benchmarks.server.Creates;
import dev.troupe.benchmarks.server.Requests;
import dev.troupe.testkit.process.Api;
import dev.troupe.testkit.process.TroupeProcess;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Creates and lists of a custom resource with many fields, and of config maps that have the same
/// fields as data, in turn.
public final class CustomBenchmark {

  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final int WRITERS = 16;

  private final Settings settings;
  private final PrintWriter progress;
  private final TroupeProcess server;
  private final Disk disk;
  private final CustomObjects objects;
  private final Report report = new Report();
  private int batches;

  /// @param listed how many objects a list has
  public record Settings(int fields, int listed, List<Integer> connections, Rounds rounds) {}

  private CustomBenchmark(Settings settings, PrintWriter progress, TroupeProcess server) {
    this.settings = settings;
    this.progress = progress;
    this.server = server;
    this.disk = Disk.below(server.kubeconfig());
    this.objects = new CustomObjects(settings.fields());
  }

  public static Report run(Path directory, Settings settings, PrintWriter progress) {
    try (var server = TroupeProcess.up(directory.resolve("data"), 0, "--nodes", "0")) {
      var benchmark = new CustomBenchmark(settings, progress, server);
      benchmark.define(server.api());
      benchmark.lists();
      settings.connections().forEach(benchmark::creates);
      return benchmark.report;
    }
  }

  private void define(Api api) {
    var answer = api.post(CustomObjects.DEFINITIONS, objects.definition());
    if (answer.code() != 201) {
      throw new IllegalStateException("the definition was answered with " + answer.body());
    }
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (api.get(CustomObjects.CUSTOM).code() != 200) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("the type is not served");
      }
    }
  }

  private void lists() {
    fill(CustomObjects.CUSTOM, objects::custom);
    fill(Creates.PATH, objects::configMap);
    var sides = List.of(list("custom", CustomObjects.CUSTOM), list("config maps", Creates.PATH));
    row(
        "list of " + settings.listed(),
        1,
        Contest.run("lists", settings.rounds(), sides, progress));
  }

  private void fill(String path, Function<String, String> object) {
    try (var creates = creates(WRITERS, path, object)) {
      ClosedLoop.fill(creates, WRITERS, settings.listed());
    }
  }

  private Side list(String name, String path) {
    return Side.of(
        name,
        () -> {
          try (var lists =
              new Requests(server, 1, (client, _) -> client.get(path, ApiClient.JSON))) {
            return ClosedLoop.runToTheEnd(lists, 1, settings.rounds().length(), disk);
          }
        });
  }

  private void creates(int connections) {
    var sides =
        List.of(
            create("custom", connections, CustomObjects.CUSTOM, objects::custom),
            create("config maps", connections, Creates.PATH, objects::configMap));
    var title = connections + " connections";
    row("create", connections, Contest.run(title, settings.rounds(), sides, progress));
  }

  private Side create(String name, int connections, String path, Function<String, String> object) {
    return Side.of(
        name,
        () -> {
          try (var creates = creates(connections, path, object)) {
            return ClosedLoop.run(creates, connections, settings.rounds().length(), disk);
          }
        });
  }

  private Creates creates(int connections, String path, Function<String, String> object) {
    var prefix = "b" + batches++ + "-";
    return new Creates(server, connections, path, number -> object.apply(prefix + number));
  }

  private void row(String what, int connections, List<Series> series) {
    var custom = series.getFirst();
    var maps = series.getLast();
    report
        .row()
        .put("what", what)
        .put("connections", connections)
        .put("custom/s", custom.of(LoadResult::perSecond))
        .put("config maps/s", maps.of(LoadResult::perSecond))
        .put("custom CPU ms", custom.median(LoadResult::serverMillisEach))
        .put("config map CPU ms", maps.median(LoadResult::serverMillisEach))
        .put("time of a config map", custom.over(maps, LoadResult::p50Millis))
        .put("CPU of a config map", custom.over(maps, LoadResult::serverMillisEach));
  }
}

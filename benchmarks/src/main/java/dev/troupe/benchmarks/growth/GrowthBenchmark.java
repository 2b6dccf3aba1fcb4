package dev.troupe.benchmarks.growth;

import dev.troupe.benchmarks.load.ClosedLoop;
import dev.troupe.benchmarks.recovery.GrownHistory;
import dev.troupe.benchmarks.report.Report;
import dev.troupe.benchmarks.server.Bodies;
import dev.troupe.benchmarks.server.Creates;
import dev.troupe.testkit.process.TroupeProcess;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// The same work in collections of different sizes: creates, watches that begin with the objects of
/// one namespace, and the deletion of that namespace.
public final class GrowthBenchmark {

  private static final int WRITERS = 16;
  private static final int FILLERS = 64;

  /// Rounds that are not counted: the server is new.
  private static final int WARM_UPS = 3;

  private final TroupeProcess server;
  private final PrintWriter progress;

  private GrowthBenchmark(TroupeProcess server, PrintWriter progress) {
    this.server = server;
    this.progress = progress;
  }

  /// @param sizes how many objects the collection has: a row, and a server, for each
  public static Report run(Path directory, List<Integer> sizes, int rounds, PrintWriter progress) {
    var report = new Report();
    for (int size : sizes) {
      var data = directory.resolve("data-" + size);
      fill(data, size);
      try (var server = up(data)) {
        progress.printf("%d objects%n", size);
        var measured = new GrowthBenchmark(server, progress).measure(rounds);
        NamespaceRound.columns(report.row().put("objects", size), measured);
      }
    }
    return report;
  }

  private static TroupeProcess up(Path data) {
    return TroupeProcess.up(data, 0, "--nodes", "0");
  }

  /// Straight into the store, by an object that the server has stored.
  private static void fill(Path data, int size) {
    ObjectNode template;
    try (var server = up(data)) {
      template = (ObjectNode) server.api().post(Creates.PATH, Bodies.small("template", 0)).body();
      server.stop();
    }
    try (var objects = new GrownHistory(data.resolve("store"), template, size)) {
      ClosedLoop.fill(objects, Math.min(FILLERS, size), size);
    }
  }

  private List<NamespaceRound> measure(int rounds) {
    var measured = new ArrayList<NamespaceRound>();
    for (int round = 1 - WARM_UPS; round <= rounds; round++) {
      try (var namespace = new OneNamespace(server, "growth-" + (round + WARM_UPS), WRITERS)) {
        var result = namespace.live();
        progress.printf("%s %s%n", round > 0 ? "round " + round : "warm-up", result);
        if (round > 0) {
          measured.add(result);
        }
      }
    }
    return measured;
  }
}

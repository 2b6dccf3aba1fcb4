package dev.troupe.benchmarks.growth;

import dev.troupe.benchmarks.load.ClosedLoop;
import dev.troupe.benchmarks.report.Report;
import dev.troupe.benchmarks.server.Bodies;
import dev.troupe.benchmarks.server.Creates;
import dev.troupe.testkit.process.TroupeProcess;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The same work in a collection that grows: creates, watches that begin with the objects of one
/// namespace, and the deletion of that namespace.
public final class GrowthBenchmark {

  private static final int WRITERS = 16;

  private final TroupeProcess server;
  private final PrintWriter progress;
  private final Report report = new Report();
  private long filled;
  private int namespaces;

  private GrowthBenchmark(TroupeProcess server, PrintWriter progress) {
    this.server = server;
    this.progress = progress;
  }

  /// @param sizes how many objects the collection has, a row for each, ascending
  public static Report run(Path directory, List<Integer> sizes, int rounds, PrintWriter progress) {
    try (var server = TroupeProcess.up(directory.resolve("data"), 0, "--nodes", "0")) {
      var benchmark = new GrowthBenchmark(server, progress);
      sizes.stream().sorted().forEach(size -> benchmark.measure(size, rounds));
      return benchmark.report;
    }
  }

  private void measure(int size, int rounds) {
    fill(size);
    var measured = new ArrayList<NamespaceRound>();
    for (int round = 0; round <= rounds; round++) {
      try (var namespace = new OneNamespace(server, "growth-" + namespaces++, WRITERS)) {
        var result = namespace.live();
        progress.printf("%d objects, %s: %s%n", size, round == 0 ? "warm-up" : round, result);
        if (round > 0) {
          measured.add(result);
        }
      }
    }
    NamespaceRound.columns(report.row().put("objects", size), measured);
  }

  private void fill(int size) {
    progress.printf("filling up to %d objects%n", size);
    long before = filled;
    try (var creates =
        new Creates(server, WRITERS, number -> Bodies.small("object", before + number))) {
      ClosedLoop.fill(creates, WRITERS, size - before);
    }
    filled = size;
  }
}

package dev.troupe.benchmarks.recovery;

import dev.troupe.benchmarks.load.ClosedLoop;
import dev.troupe.benchmarks.report.Report;
import dev.troupe.benchmarks.report.Spread;
import dev.troupe.benchmarks.server.Creates;
import dev.troupe.testkit.process.TroupeProcess;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;

/// What many objects cost that were created through the API: heap per object, and the time from
/// exec to the first list that is served after kill -9.
public final class StartBenchmark {

  private StartBenchmark() {}

  public static Report run(Path directory, int objects, int rounds, PrintWriter progress) {
    var data = directory.resolve("data");
    long heap;
    int total;
    try (var server = TroupeProcess.up(data, 0, "--nodes", "0");
        var creates = new Creates(server, 64, "object")) {
      long empty = Heap.usedBytes(server.pid());
      ClosedLoop.fill(creates, 64, objects);
      heap = (Heap.usedBytes(server.pid()) - empty) / objects;
      total = Restart.count(server.api());
      progress.printf("%d objects created, %d bytes of heap each%n", objects, heap);
      server.kill();
    }
    var seconds = new double[rounds];
    Arrays.setAll(seconds, round -> Restart.firstList(data, total, progress));
    var report = new Report();
    report
        .row()
        .put("objects", objects)
        .put("heap bytes/object", heap)
        .put("seconds to first list", Spread.of(seconds));
    return report;
  }
}

package dev.troupe.benchmarks.server;

import dev.troupe.benchmarks.load.ClosedLoop;
import dev.troupe.benchmarks.report.Report;
import dev.troupe.benchmarks.report.Spread;
import dev.troupe.testkit.process.TroupeProcess;
import java.io.PrintWriter;
import java.nio.file.Path;

/// What many objects cost: heap per object, and the time from exec to the first list that is served
/// after kill -9.
public final class StartBenchmark {

  private StartBenchmark() {}

  public static Report run(Path directory, int objects, int rounds, PrintWriter progress) {
    var data = directory.resolve("data");
    double heapPerObject;
    try (var server = TroupeProcess.up(data, 0, "--nodes", "0");
        var creates = new Creates(server, 64, "object")) {
      long empty = Heap.usedBytes(server.pid());
      ClosedLoop.fill(creates, 64, objects);
      heapPerObject = (Heap.usedBytes(server.pid()) - empty) / (double) objects;
      progress.printf("%d objects created, %.0f bytes of heap each%n", objects, heapPerObject);
      server.kill();
    }
    var seconds = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      long start = System.nanoTime();
      try (var server = TroupeProcess.up(data, 0, "--nodes", "0")) {
        var list = server.api().get(Creates.PATH + "?limit=1");
        seconds[round] = (System.nanoTime() - start) / 1e9;
        if (list.code() != 200 || list.body().path("items").size() != 1) {
          throw new IllegalStateException("the list is wrong: " + list.code());
        }
        progress.printf("start %d: first list after %.2f s%n", round + 1, seconds[round]);
        progress.flush();
        server.kill();
      }
    }
    var spread = Spread.of(seconds);
    var report = new Report();
    report
        .row()
        .put("objects", objects)
        .put("heap bytes/object", heapPerObject)
        .put("seconds to first list", spread);
    return report;
  }
}

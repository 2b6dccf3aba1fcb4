package dev.troupe.benchmarks.recovery;

import dev.troupe.benchmarks.server.Creates;
import dev.troupe.testkit.process.Api;
import dev.troupe.testkit.process.TroupeProcess;
import java.io.PrintWriter;
import java.nio.file.Path;

/// A start of a server on data that is there, ended by kill -9.
final class Restart {

  private Restart() {}

  /// @param total how many config maps there must be
  /// @return the seconds from exec to the first list
  static double firstList(Path data, int total, PrintWriter progress) {
    long start = System.nanoTime();
    try (var server = TroupeProcess.up(data, 0, "--nodes", "0")) {
      int found = count(server.api());
      double seconds = (System.nanoTime() - start) / 1e9;
      if (found != total) {
        throw new IllegalStateException("%d objects instead of %d".formatted(found, total));
      }
      progress.printf("first list after %.2f s%n", seconds);
      progress.flush();
      server.kill();
      return seconds;
    }
  }

  /// The number of config maps, as the first page of a list tells it.
  static int count(Api api) {
    var list = api.get(Creates.PATH + "?limit=500");
    if (list.code() != 200) {
      throw new IllegalStateException("a list was answered with " + list.code());
    }
    return list.body().path("items").size()
        + list.body().path("metadata").path("remainingItemCount").asInt(0);
  }
}

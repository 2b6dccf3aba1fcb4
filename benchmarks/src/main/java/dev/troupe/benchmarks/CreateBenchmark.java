package dev.troupe.benchmarks;

import dev.troupe.benchmarks.report.Report;
import dev.troupe.benchmarks.report.Rounds;
import dev.troupe.benchmarks.report.Spread;
import dev.troupe.testkit.process.TroupeProcess;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;

/// Creates of 1.5 KB through HTTPS, durable when they are answered: per second, and how long one
/// takes.
final class CreateBenchmark {

  private static final String PATH = "/api/v1/namespaces/default/configmaps";
  private static final int[] CONNECTIONS = {1, 16, 64};
  private static final Duration WARM_UP = Duration.ofSeconds(10);

  private CreateBenchmark() {}

  static Report run(Path directory, Rounds rounds, PrintWriter progress) {
    var report = new Report();
    try (var server = TroupeProcess.up(directory.resolve("data"), 0, "--nodes", "0");
        var client = new LoadClient(server.kubeconfig())) {
      progress.println("warming up for " + WARM_UP.toSeconds() + " s");
      client.post(PATH, 64, WARM_UP, number -> Bodies.configMap("warm", number));
      for (int connections : CONNECTIONS) {
        measure(client, connections, rounds, report, progress);
      }
    }
    return report;
  }

  private static void measure(
      LoadClient client, int connections, Rounds rounds, Report report, PrintWriter progress) {
    var rates = new double[rounds.count()];
    var medians = new double[rounds.count()];
    var tails = new double[rounds.count()];
    long failures = 0;
    for (int round = 0; round < rounds.count(); round++) {
      var prefix = "c" + connections + "r" + round;
      var result =
          client.post(
              PATH, connections, rounds.length(), number -> Bodies.configMap(prefix, number));
      rates[round] = result.perSecond();
      medians[round] = result.latencies().getValueAtPercentile(50) / 1e3;
      tails[round] = result.latencies().getValueAtPercentile(99) / 1e3;
      failures += result.failures();
      progress.printf(
          "%d connections, round %d: %.0f creates/s%n", connections, round + 1, rates[round]);
      progress.flush();
    }
    report
        .row()
        .put("connections", connections)
        .put("creates/s", Spread.of(rates))
        .put("p50 ms", Spread.of(medians).median())
        .put("p99 ms", Spread.of(tails))
        .put("failures", failures);
  }
}

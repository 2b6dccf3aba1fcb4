package dev.troupe.benchmarks;

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

  static Report run(Path directory, int rounds, Duration duration, PrintWriter progress) {
    var report = new Report();
    try (var server = TroupeProcess.up(directory.resolve("data"), 0, "--nodes", "0");
        var client = new LoadClient(server.kubeconfig())) {
      progress.println("warming up for " + WARM_UP.toSeconds() + " s");
      client.post(PATH, 64, WARM_UP, number -> Bodies.configMap("warm", number));
      for (int connections : CONNECTIONS) {
        measure(client, connections, rounds, duration, report, progress);
      }
    }
    return report;
  }

  private static void measure(
      LoadClient client,
      int connections,
      int rounds,
      Duration duration,
      Report report,
      PrintWriter progress) {
    var rates = new double[rounds];
    var medians = new double[rounds];
    var tails = new double[rounds];
    long failures = 0;
    for (int round = 0; round < rounds; round++) {
      var prefix = "c" + connections + "r" + round;
      var result =
          client.post(PATH, connections, duration, number -> Bodies.configMap(prefix, number));
      rates[round] = result.perSecond();
      medians[round] = result.latencies().getValueAtPercentile(50) / 1e3;
      tails[round] = result.latencies().getValueAtPercentile(99) / 1e3;
      failures += result.failures();
      progress.printf(
          "%d connections, round %d: %.0f creates/s%n", connections, round + 1, rates[round]);
      progress.flush();
    }
    report.row(
        "connections", connections,
        "creates/s", Spread.of(rates).median(),
        "range", Spread.of(rates).range(),
        "p50 ms", Spread.of(medians).median(),
        "p99 ms", Spread.of(tails).median(),
        "p99 range", Spread.of(tails).range(),
        "failures", failures);
  }
}

package dev.troupe.benchmarks.server;

import dev.troupe.benchmarks.report.Report;
import dev.troupe.benchmarks.report.Spread;
import dev.troupe.testkit.process.Api;
import dev.troupe.testkit.process.TroupeProcess;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/// A deployment, from its creation to the last replica ready: scheduler, kubelets and endpoints
/// included.
public final class DeployBenchmark {

  private static final String PATH = "/apis/apps/v1/namespaces/default/deployments";
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private DeployBenchmark() {}

  public static Report run(Path directory, int replicas, int rounds, PrintWriter progress) {
    var seconds = new double[rounds];
    int nodes = replicas / 100 + 2;
    try (var server =
        TroupeProcess.up(directory.resolve("data"), 0, "--nodes", Integer.toString(nodes))) {
      var api = server.api();
      deploy(api, "warm", Math.min(50, replicas));
      remove(api, "warm");
      for (int round = 0; round < rounds; round++) {
        seconds[round] = deploy(api, "round-" + round, replicas);
        progress.printf(
            "round %d: %d replicas ready in %.2f s%n", round + 1, replicas, seconds[round]);
        progress.flush();
        remove(api, "round-" + round);
      }
    }
    var spread = Spread.of(seconds);
    var report = new Report();
    report
        .row()
        .put("replicas", replicas)
        .put("nodes", nodes)
        .put("seconds to ready", spread)
        .put("pods/s", replicas / spread.median());
    return report;
  }

  private static double deploy(Api api, String name, int replicas) {
    long start = System.nanoTime();
    var answer = api.post(PATH, Bodies.deployment(name, replicas));
    if (answer.code() != 201) {
      throw new IllegalStateException("the deployment was refused: " + answer);
    }
    await(() ->
        api.get(PATH + "/" + name).body().path("status").path("readyReplicas").asInt(0)
            == replicas);
    return (System.nanoTime() - start) / 1e9;
  }

  private static void remove(Api api, String name) {
    api.delete(PATH + "/" + name);
    await(() ->
        api.get("/api/v1/namespaces/default/pods?limit=1&labelSelector=app%3D" + name)
            .body()
            .path("items")
            .isEmpty());
  }

  private static void await(java.util.function.BooleanSupplier condition) {
    var until = Instant.now().plus(LIMIT);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(until)) {
        throw new IllegalStateException("not there after " + LIMIT);
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }
}

package dev.troupe.benchmarks.apply;

import dev.troupe.benchmarks.client.ApiClient;
import dev.troupe.benchmarks.load.ClosedLoop;
import dev.troupe.benchmarks.load.Contest;
import dev.troupe.benchmarks.load.Contest.Side;
import dev.troupe.benchmarks.load.Disk;
import dev.troupe.benchmarks.load.LoadResult;
import dev.troupe.benchmarks.load.Series;
import dev.troupe.benchmarks.report.Report;
import dev.troupe.benchmarks.report.Rounds;
import dev.troupe.benchmarks.server.Requests;
import dev.troupe.benchmarks.server.Requests.Question;
import dev.troupe.testkit.process.TroupeProcess;
import io.vertx.core.Future;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/// A deployment is read, updated, applied as it is and applied with a change, in turn: per second,
/// and how much more than a read the others take.
public final class ApplyBenchmark {

  private static final String PATH = "/apis/apps/v1/namespaces/default/deployments/";
  private static final int DEPLOYMENTS = 64;
  private static final String QUERY = "?fieldManager=bench&force=true";

  private final Rounds rounds;
  private final PrintWriter progress;
  private final TroupeProcess server;
  private final Disk disk;
  private final Report report = new Report();

  private ApplyBenchmark(Rounds rounds, PrintWriter progress, TroupeProcess server) {
    this.rounds = rounds;
    this.progress = progress;
    this.server = server;
    this.disk = Disk.below(server.kubeconfig());
  }

  public static Report run(
      Path directory, List<Integer> allConnections, Rounds rounds, PrintWriter progress) {
    try (var server = TroupeProcess.up(directory.resolve("data"), 0, "--nodes", "0")) {
      var benchmark = new ApplyBenchmark(rounds, progress, server);
      allConnections.forEach(benchmark::row);
      return benchmark.report;
    }
  }

  private void row(int connections) {
    var sides =
        List.of(
            side("gets", connections, (client, number) -> client.get(path(number), ApiClient.JSON)),
            side("unchanged", connections, (client, number) -> apply(client, number, 0)),
            side("changed", connections, (client, number) -> apply(client, number, number)));
    var series = Contest.run(connections + " connections", rounds, sides, progress);
    var row = report.row().put("connections", connections);
    var gets = series.getFirst();
    row.put("gets/s", gets.of(LoadResult::perSecond));
    row.put("get CPU ms", gets.median(LoadResult::serverMillisEach));
    side(row, "unchanged", series.get(1), gets);
    side(row, "changed", series.get(2), gets);
  }

  private static void side(Report.Row row, String name, Series applies, Series gets) {
    row.put(name + "/s", applies.of(LoadResult::perSecond));
    row.put(name + " CPU ms", applies.median(LoadResult::serverMillisEach));
    row.put(name + " p50 of a get", applies.over(gets, LoadResult::p50Millis));
    row.put(name + " CPU of a get", applies.over(gets, LoadResult::serverMillisEach));
  }

  private Side side(String name, int connections, Question asking) {
    return Side.of(
        name,
        () -> {
          try (var start = new Requests(server, 16, (client, number) -> apply(client, number, 0));
              var requests = new Requests(server, connections, asking)) {
            ClosedLoop.fill(start, 16, DEPLOYMENTS);
            return ClosedLoop.run(requests, connections, rounds.length(), disk);
          }
        });
  }

  private static String path(long number) {
    return PATH + name(number);
  }

  private static String name(long number) {
    return "web-" + number % DEPLOYMENTS;
  }

  private static Future<?> apply(ApiClient client, long number, long revision) {
    return client.apply(path(number) + QUERY, deployment(name(number), revision));
  }

  private static String deployment(String name, long revision) {
    return """
    {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"%1$s","labels":{"app":"%1$s","tier":"web"},
     "annotations":{"example.com/revision":"%2$d"}},
     "spec":{"replicas":0,"selector":{"matchLabels":{"app":"%1$s"}},
      "strategy":{"type":"RollingUpdate","rollingUpdate":{"maxSurge":1,"maxUnavailable":0}},
      "template":{"metadata":{"labels":{"app":"%1$s","tier":"web"}},
       "spec":{"serviceAccountName":"default","containers":[{"name":"main","image":"main:1",
        "args":["--port","8080"],"ports":[{"name":"http","containerPort":8080,"protocol":"TCP"}],
        "env":[{"name":"LEVEL","value":"info"},{"name":"REGION","value":"north"}],
        "readinessProbe":{"httpGet":{"path":"/ready","port":"http"},"periodSeconds":5},
        "resources":{"requests":{"cpu":"10m","memory":"16Mi"},"limits":{"memory":"64Mi"}},
        "volumeMounts":[{"name":"settings","mountPath":"/etc/settings"}]}],
        "volumes":[{"name":"settings","configMap":{"name":"settings"}}]}}}}
    """
        .formatted(name, revision);
  }
}

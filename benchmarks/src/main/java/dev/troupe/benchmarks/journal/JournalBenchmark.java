package dev.troupe.benchmarks.journal;

import dev.troupe.benchmarks.client.ApiClient;
import dev.troupe.benchmarks.load.ClosedLoop;
import dev.troupe.benchmarks.load.Contest;
import dev.troupe.benchmarks.load.Contest.Side;
import dev.troupe.benchmarks.load.Disk;
import dev.troupe.benchmarks.load.LoadResult;
import dev.troupe.benchmarks.report.Report;
import dev.troupe.benchmarks.report.Rounds;
import dev.troupe.benchmarks.server.Requests;
import dev.troupe.benchmarks.server.Requests.Question;
import dev.troupe.testkit.process.TroupeProcess;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Pods that wait for a node which never comes: why, and what has happened to them, is asked one
/// after the other, with so many of them around.
public final class JournalBenchmark {

  private static final String PODS = "/api/v1/namespaces/default/pods";
  private static final List<String> QUESTIONS = List.of("why", "history", "blame", "cause");

  /// Neighbours in the questions are far from each other in the log.
  private static final long STEP = 7_919;

  private final Rounds rounds;
  private final PrintWriter progress;
  private final Report report = new Report();

  private JournalBenchmark(Rounds rounds, PrintWriter progress) {
    this.rounds = rounds;
    this.progress = progress;
  }

  /// @param allObjects a row for each number of objects, each on a server of its own
  public static Report run(
      Path directory, List<Integer> allObjects, Rounds rounds, PrintWriter progress) {
    var benchmark = new JournalBenchmark(rounds, progress);
    for (int objects : allObjects) {
      try (var server = TroupeProcess.up(directory.resolve("data-" + objects), 0, "--nodes", "0")) {
        benchmark.row(server, objects);
      }
    }
    return benchmark.report;
  }

  private void row(TroupeProcess server, int objects) {
    try (var creates =
        new Requests(server, 16, (client, number) -> client.create(PODS, pod(number)))) {
      ClosedLoop.fill(creates, 16, objects);
    }
    var sides =
        Stream.concat(
                Stream.of(side(server, "get", asking(objects, ""))),
                QUESTIONS.stream()
                    .map(what -> side(server, what, asking(objects, "?journal=" + what))))
            .toList();
    var all = Contest.run(objects + " objects", rounds, sides, progress);
    var timers =
        Contest.run(
            objects + " objects, all timers",
            rounds,
            List.of(
                side(
                    server, "timers", (client, _) -> client.get("/troupe/timers", ApiClient.JSON))),
            progress);
    var row = report.row().put("objects", objects);
    for (int i = 0; i < sides.size(); i++) {
      row.put(sides.get(i).name() + " p50 ms", all.get(i).of(LoadResult::p50Millis));
      row.put(sides.get(i).name() + " p99 ms", all.get(i).of(LoadResult::p99Millis));
    }
    row.put("timers p50 ms", timers.getFirst().of(LoadResult::p50Millis));
  }

  private Side side(TroupeProcess server, String name, Question asking) {
    var disk = Disk.below(server.kubeconfig());
    return Side.of(
        name,
        () -> {
          try (var requests = new Requests(server, 1, asking)) {
            return ClosedLoop.run(requests, 1, rounds.length(), disk);
          }
        });
  }

  private static Question asking(int objects, String query) {
    return (client, number) ->
        client.get(PODS + "/" + name(1 + number * STEP % objects) + query, ApiClient.JSON);
  }

  private static String name(long number) {
    return "waiting-" + number;
  }

  private static String pod(long number) {
    return """
    {"apiVersion":"v1","kind":"Pod","metadata":{"name":"%s","labels":{"app":"waiting"}},
     "spec":{"serviceAccountName":"default","containers":[{"name":"main","image":"main:1"}]}}
    """
        .formatted(name(number));
  }
}

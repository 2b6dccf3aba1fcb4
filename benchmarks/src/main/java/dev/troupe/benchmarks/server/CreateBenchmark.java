package dev.troupe.benchmarks.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.benchmarks.etcd.EtcdProcess;
import dev.troupe.benchmarks.etcd.EtcdTarget;
import dev.troupe.benchmarks.load.ClosedLoop;
import dev.troupe.benchmarks.load.Contest;
import dev.troupe.benchmarks.load.Contest.Side;
import dev.troupe.benchmarks.load.Disk;
import dev.troupe.benchmarks.load.LoadResult;
import dev.troupe.benchmarks.load.LoadTarget;
import dev.troupe.benchmarks.load.MetricColumns;
import dev.troupe.benchmarks.report.Report;
import dev.troupe.benchmarks.report.Rounds;
import dev.troupe.testkit.process.TroupeProcess;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Creates of 1.5 KB through HTTPS, durable when they are answered: per second, and how long one
/// takes; beside puts of the same objects into etcd, if wanted.
public final class CreateBenchmark {

  private static final Duration WARM_UP = Duration.ofSeconds(10);

  private final Rounds rounds;
  private final PrintWriter progress;
  private final TroupeProcess server;
  private final Disk disk;
  private final Report report = new Report();
  private int batches;

  private CreateBenchmark(Rounds rounds, PrintWriter progress, TroupeProcess server) {
    this.rounds = rounds;
    this.progress = progress;
    this.server = server;
    disk = Disk.below(server.kubeconfig());
  }

  public static Report run(
      Path directory, List<Integer> allConnections, Rounds rounds, PrintWriter progress) {
    try (var server = server(directory)) {
      var benchmark = new CreateBenchmark(rounds, progress, server);
      benchmark.warmUp();
      allConnections.forEach(benchmark::alone);
      return benchmark.report;
    }
  }

  /// @throws java.io.UncheckedIOException if there is no etcd
  public static Report againstEtcd(
      Path directory, List<Integer> allConnections, Rounds rounds, PrintWriter progress) {
    progress.println(
        "creates over HTTPS, against puts into etcd " + EtcdProcess.version() + " over gRPC");
    try (var etcd = EtcdProcess.start(directory.resolve("etcd"));
        var server = server(directory)) {
      var benchmark = new CreateBenchmark(rounds, progress, server);
      benchmark.warmUp();
      allConnections.forEach(connections -> benchmark.against(etcd, connections));
      return benchmark.report;
    }
  }

  private static TroupeProcess server(Path directory) {
    return TroupeProcess.up(directory.resolve("data"), 0, "--nodes", "0");
  }

  private void warmUp() {
    progress.println("warming up for " + WARM_UP.toSeconds() + " s");
    run(new Creates(server, 64, "warm"), 64, WARM_UP);
  }

  private void alone(int connections) {
    var series =
        Contest.run(connections + " connections", rounds, List.of(creates(connections)), progress);
    MetricColumns.own(report.row().put("connections", connections), "creates", series.getFirst());
  }

  private void against(EtcdProcess etcd, int connections) {
    var series =
        Contest.run(
            connections + " connections",
            rounds,
            List.of(creates(connections), puts(etcd, connections)),
            progress);
    var row = report.row().put("connections", connections);
    MetricColumns.own(row, "creates", series.getFirst());
    MetricColumns.peer(row, "etcd", series.get(1), series.getFirst());
  }

  private Side creates(int connections) {
    return Side.of(
        "creates",
        () -> run(new Creates(server, connections, prefix()), connections, rounds.length()));
  }

  private Side puts(EtcdProcess etcd, int connections) {
    return Side.of(
        "etcd", () -> run(puts(etcd, connections, prefix()), connections, rounds.length()));
  }

  private static LoadTarget puts(EtcdProcess etcd, int connections, String prefix) {
    return new EtcdTarget(
        etcd,
        connections,
        connections,
        number -> "/registry/configmaps/default/" + prefix + "-" + number,
        number -> Bodies.configMap(prefix, number).getBytes(UTF_8));
  }

  private String prefix() {
    return "b" + batches++;
  }

  private LoadResult run(LoadTarget target, int writers, Duration length) {
    try (target) {
      return ClosedLoop.run(target, writers, length, disk);
    }
  }
}

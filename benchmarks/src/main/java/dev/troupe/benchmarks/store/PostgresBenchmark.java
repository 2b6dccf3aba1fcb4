package dev.troupe.benchmarks.store;

import dev.troupe.benchmarks.load.BatchLoop;
import dev.troupe.benchmarks.load.ClosedLoop;
import dev.troupe.benchmarks.load.Contest;
import dev.troupe.benchmarks.load.Contest.Side;
import dev.troupe.benchmarks.load.Disk;
import dev.troupe.benchmarks.load.LoadResult;
import dev.troupe.benchmarks.load.Series;
import dev.troupe.benchmarks.report.Report;
import dev.troupe.benchmarks.report.Rounds;
import dev.troupe.benchmarks.report.Spread;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// Appends of 1.5 KB per second to the PostgreSQL engine, in process and without Pekko: beside a
/// hand-written loop that inserts the same rows in batches of the same size, in turn, in the same
/// database. Each starts with empty tables in each round.
public final class PostgresBenchmark {

  /// What the engine is to reach of the loop.
  private static final double GOAL = 0.70;

  /// Few writers take minutes until the code of the engine is compiled, many a second.
  private static final int WARM_UP_WRITERS = 256;

  private final PostgresServer server;
  private final int partitions;
  private final Rounds rounds;
  private final Disk disk;
  private final PrintWriter progress;
  private final Report report = new Report();

  private PostgresBenchmark(
      PostgresServer server, int partitions, Rounds rounds, Disk disk, PrintWriter progress) {
    this.server = server;
    this.partitions = partitions;
    this.rounds = rounds;
    this.disk = disk;
    this.progress = progress;
  }

  /// @param url of an empty database; without one, a server is started
  /// @param partitions each side stores in so many, with a connection for each
  public static Report run(
      Path directory,
      Optional<String> url,
      List<Integer> allWriters,
      int partitions,
      Rounds rounds,
      PrintWriter progress) {
    try (var server =
        url.map(PostgresServer::at).orElseGet(() -> PostgresServer.below(directory))) {
      progress.println(server.name());
      var benchmark =
          new PostgresBenchmark(server, partitions, rounds, Disk.below(directory), progress);
      benchmark.warmUp();
      allWriters.forEach(benchmark::row);
      return benchmark.report;
    }
  }

  private void warmUp() {
    var notCounted = new WalSyncs();
    var engine = notCounted.during(() -> engine(WARM_UP_WRITERS));
    notCounted.during(() -> loop(engine));
  }

  private void row(int writers) {
    var engine = new WalSyncs();
    var loop = new WalSyncs();
    var series =
        Contest.run(
            writers + " writers",
            rounds,
            List.of(
                Side.of("engine", () -> engine.during(() -> engine(writers))),
                new Side("loop", before -> loop.during(() -> loop(before.getFirst())))),
            progress);
    var row = report.row().put("writers", writers);
    side(row, "", series.getFirst(), engine);
    side(row, "loop ", series.getLast(), loop);
    row.put("ratio", series.getFirst().over(series.getLast(), LoadResult::perSecond))
        .put("goal", GOAL);
  }

  private static void side(Report.Row row, String prefix, Series series, WalSyncs walSyncs) {
    row.put(prefix + "appends/s", series.of(LoadResult::perSecond))
        .put(prefix + "p50 ms", series.median(LoadResult::p50Millis))
        .put(prefix + "p99 ms", series.of(LoadResult::p99Millis))
        .put(prefix + "commits/append", series.median(LoadResult::syncsEach))
        .put(prefix + "WAL syncs/append", walSyncs.median())
        .put(prefix + "cores", series.median(LoadResult::cores))
        .put(prefix + "client cores", series.median(LoadResult::clientCores));
  }

  private LoadResult engine(int writers) {
    try (var target = new PostgresTarget(server, partitions)) {
      return ClosedLoop.run(target, writers, rounds.length(), disk);
    }
  }

  /// Commits as many values at a time as the engine has just done.
  private LoadResult loop(LoadResult engine) {
    new PostgresTarget(server, partitions).close();
    var threads =
        IntStream.range(0, partitions)
            .mapToObj(number -> new PostgresLoop(server, number, partitions))
            .toList();
    try {
      return BatchLoop.run(server, threads, engine.perSync(), rounds.length(), disk);
    } finally {
      threads.forEach(PostgresLoop::close);
    }
  }

  /// Syncs of the log for each event, round by round.
  private final class WalSyncs {

    private final List<Double> each = new ArrayList<>();

    LoadResult during(Supplier<LoadResult> round) {
      try {
        long before = server.walSyncs();
        var load = round.get();
        each.add((server.walSyncs() - before) / (double) Math.max(1, server.events()));
        return load;
      } finally {
        server.dropTables();
      }
    }

    /// Without the first, which warms up.
    double median() {
      return Spread.of(each.stream().skip(1).mapToDouble(value -> value).toArray()).median();
    }
  }
}

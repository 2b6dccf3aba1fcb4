package dev.troupe.benchmarks.watch;

import dev.troupe.benchmarks.etcd.EtcdProcess;
import dev.troupe.benchmarks.recovery.Heap;
import dev.troupe.benchmarks.recovery.ProcessStatus;
import dev.troupe.benchmarks.report.Report;
import dev.troupe.benchmarks.report.Rounds;
import dev.troupe.benchmarks.report.Spread;
import dev.troupe.testkit.process.TroupeProcess;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// Watches of config maps of 1 KB by 1 to 10,000 watchers: how long after its acknowledgement an
/// event comes, how many come in a second, what an idle watcher costs; beside etcd's watches, if
/// wanted.
public final class WatchBenchmark {

  /// So many are written in turn.
  static final int OBJECTS = 100;

  /// Watches share connections, as those of a client do.
  private static final int STREAMS = 100;

  private static final int MOST_PER_SECOND = 200;
  private static final int RUSH_EVENTS = 200_000;
  private static final int MOST_RUSH = 4_000;
  private static final int LEAST_RUSH = 20;

  private final Settings settings;
  private final PrintWriter progress;
  private final TroupeProcess server;
  private final @Nullable EtcdProcess etcd;
  private final AtomicLong states = new AtomicLong();
  private final Report report = new Report();

  /// @param watchers a row for each number of them
  /// @param slow one in so many reads slowly; 0 for none
  /// @param events about so many a second are delivered when delays are measured
  public record Settings(List<Integer> watchers, int slow, int events, Rounds rounds) {

    /// Writes a second.
    int rate(int count) {
      return Math.clamp(events / count, 1, MOST_PER_SECOND);
    }

    int writes(int count) {
      return (int) Math.max(2, rate(count) * rounds.length().toSeconds());
    }

    int rush(int count) {
      return Math.clamp(RUSH_EVENTS / count, LEAST_RUSH, MOST_RUSH);
    }
  }

  /// The rounds of one side.
  private record Side(Memory memory, List<WatchRound> rounds) {

    Spread of(ToDoubleFunction<WatchRound> figure) {
      return Spread.of(rounds.stream().mapToDouble(figure).toArray());
    }

    Spread over(Side other, ToDoubleFunction<WatchRound> figure) {
      var ratios = new double[rounds.size()];
      for (int round = 0; round < ratios.length; round++) {
        ratios[round] =
            figure.applyAsDouble(rounds.get(round)) / figure.applyAsDouble(other.rounds.get(round));
      }
      return Spread.of(ratios);
    }
  }

  /// @param heap kilobytes in use for each watcher, after a collection
  /// @param resident kilobytes for each
  private record Memory(double heap, double resident) {}

  private WatchBenchmark(
      Settings settings, PrintWriter progress, TroupeProcess server, @Nullable EtcdProcess etcd) {
    this.settings = settings;
    this.progress = progress;
    this.server = server;
    this.etcd = etcd;
  }

  public static Report run(Path directory, Settings settings, PrintWriter progress) {
    try (var server = server(directory)) {
      return new WatchBenchmark(settings, progress, server, null).run();
    }
  }

  /// @throws java.io.UncheckedIOException if there is no etcd
  public static Report againstEtcd(Path directory, Settings settings, PrintWriter progress) {
    progress.println(
        "watches over HTTPS, against those of etcd " + EtcdProcess.version() + " over gRPC");
    try (var etcd = EtcdProcess.start(directory.resolve("etcd"));
        var server = server(directory)) {
      return new WatchBenchmark(settings, progress, server, etcd).run();
    }
  }

  private static TroupeProcess server(Path directory) {
    return TroupeProcess.up(directory.resolve("data"), 0, "--nodes", "0");
  }

  private Report run() {
    ApiWatches.createObjects(server, states::getAndIncrement);
    for (int watchers : settings.watchers()) {
      measure(watchers);
    }
    return report;
  }

  private void measure(int watchers) {
    int connections = Math.ceilDiv(watchers, STREAMS);
    var own =
        side(
            "events",
            watchers,
            new ApiWatches(
                server, WatchRound.WRITERS, connections, STREAMS, states::getAndIncrement));
    var peer =
        etcd == null
            ? null
            : side(
                "etcd",
                watchers,
                new EtcdWatches(
                    etcd, WatchRound.WRITERS, connections, STREAMS, states::getAndIncrement));
    row(watchers, own, peer);
  }

  private Side side(String name, int watchers, WatchedStore target) {
    try (target) {
      long pid = target.process().pid();
      boolean isJava = pid == server.pid();
      long heap = isJava ? Heap.usedBytes(pid) : 0;
      long resident = ProcessStatus.residentKilobytes(pid);
      var audience = Audience.begin(target, watchers, settings.slow());
      double heapEach = isJava ? (Heap.usedBytes(pid) - heap) / 1e3 / watchers : Double.NaN;
      double each = (double) (ProcessStatus.residentKilobytes(pid) - resident) / watchers;
      var rounds = new ArrayList<WatchRound>();
      for (int round = 0; round <= settings.rounds().count(); round++) {
        rounds.add(round(name, watchers, round, target, audience));
      }
      // The first warms up.
      return new Side(new Memory(heapEach, each), rounds.subList(1, rounds.size()));
    }
  }

  private WatchRound round(
      String name, int watchers, int number, WatchedStore target, Audience audience) {
    var round =
        WatchRound.measure(
            target,
            audience,
            settings.rate(watchers),
            settings.writes(watchers),
            settings.rush(watchers));
    progress.printf(
        "%d watchers, %s, %s: %.0f events/s, p99 of the delay %.1f ms%n",
        watchers,
        name,
        number == 0 ? "warm-up" : "round " + number,
        round.eventsPerSecond(),
        Delays.millis(round.delays().events(), 99));
    progress.flush();
    return round;
  }

  private void row(int watchers, Side own, @Nullable Side peer) {
    var row =
        report
            .row()
            .put("watchers", watchers)
            .put("slow", settings.slow() == 0 ? 0 : watchers / settings.slow())
            .put("writes/s", settings.rate(watchers));
    columns(row, "", own);
    row.put("heap KB each", own.memory().heap());
    if (peer != null) {
      columns(row, "etcd ", peer);
      row.put("ratio", own.over(peer, WatchRound::eventsPerSecond));
    }
  }

  private static void columns(Report.Row row, String prefix, Side side) {
    row.put(prefix + "delay p50 ms", side.of(round -> millis(round, 50)).median())
        .put(prefix + "delay p99 ms", side.of(round -> millis(round, 99)))
        .put(prefix + "last p99 ms", side.of(round -> Delays.millis(round.delays().last(), 99)))
        .put(
            prefix + "write p99 ms",
            side.of(round -> Delays.millis(round.delays().writes(), 99)).median())
        .put(prefix + "events/s", side.of(WatchRound::eventsPerSecond))
        .put(prefix + "CPU µs/event", side.of(WatchRound::cpuMicros).median())
        .put(prefix + "resident KB each", side.memory().resident());
  }

  private static double millis(WatchRound round, double percentile) {
    return Delays.millis(round.delays().events(), percentile);
  }
}

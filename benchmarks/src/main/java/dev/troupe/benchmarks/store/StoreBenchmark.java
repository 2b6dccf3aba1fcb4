package dev.troupe.benchmarks.store;

import dev.troupe.benchmarks.load.ClosedLoop;
import dev.troupe.benchmarks.load.Contest;
import dev.troupe.benchmarks.load.Contest.Side;
import dev.troupe.benchmarks.load.Disk;
import dev.troupe.benchmarks.load.LoadResult;
import dev.troupe.benchmarks.load.LoadTarget;
import dev.troupe.benchmarks.load.MetricColumns;
import dev.troupe.benchmarks.load.Series;
import dev.troupe.benchmarks.place.BenchPlace;
import dev.troupe.benchmarks.report.Report;
import dev.troupe.benchmarks.report.Rounds;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Appends of 1.5 KB per second to the embedded event store, in process and without Pekko: beside
/// two bare loops that write and sync the same number of bytes per sync, to a file that grows and
/// to one that is there, and a peer, in turn. The store and the peer start empty in each round.
public final class StoreBenchmark {

  private final Path directory;
  private final Rounds rounds;
  private final PrintWriter progress;
  private final Report report = new Report();

  private StoreBenchmark(Path directory, Rounds rounds, PrintWriter progress) {
    this.directory = directory;
    this.rounds = rounds;
    this.progress = progress;
  }

  public static Report run(
      Path directory,
      List<Integer> allWriters,
      Rounds rounds,
      Optional<Peer> peer,
      PrintWriter progress) {
    var kind = peer.map(Peer::kind);
    progress.println(
        EmbeddedTarget.KIND.name() + kind.map(other -> ", against " + other.name()).orElse(""));
    var benchmark = new StoreBenchmark(directory, rounds, progress);
    try (var growing = BareLoop.on(directory.resolve("growing"), BareLoop.Blocks.NEW);
        var there = BareLoop.on(directory.resolve("there"), BareLoop.Blocks.THERE)) {
      var limits = List.of(benchmark.limit("growing", growing), benchmark.limit("there", there));
      for (int writers : allWriters) {
        var other =
            kind.map(some -> Side.of(peer.get().name(), () -> benchmark.round(some, writers)));
        benchmark.row(writers, other, limits);
      }
    }
    return benchmark.report;
  }

  private void row(int writers, Optional<Side> peer, List<Side> limits) {
    var sides = new ArrayList<>(List.of(embedded(writers)));
    peer.ifPresent(sides::add);
    sides.addAll(limits);
    var series = contest(writers, sides);
    var own = series.getFirst();
    var row = report.row().put("writers", writers);
    MetricColumns.own(row, "appends", own);
    for (int side = sides.size() - limits.size(); side < sides.size(); side++) {
      var name = sides.get(side).name();
      row.put(name + "/s", series.get(side).of(LoadResult::perSecond))
          .put("ratio to " + name, own.over(series.get(side), LoadResult::perSecond));
    }
    peer.ifPresent(other -> MetricColumns.peer(row, other.name(), series.get(1), own));
  }

  private List<Series> contest(int writers, List<Side> sides) {
    return Contest.run(writers + " writers", rounds, sides, progress);
  }

  private Side embedded(int writers) {
    return Side.of("embedded", () -> round(EmbeddedTarget.KIND, writers));
  }

  /// Syncs as many values at a time as the embedded store has just done.
  private Side limit(String file, BareLoop bare) {
    return new Side(
        "bare " + file, before -> bare.run(before.getFirst().perSync(), rounds.length()));
  }

  private LoadResult round(LoadTarget.Kind kind, int writers) {
    var files = directory.resolve("store");
    try (var target = kind.starter().start(files, writers)) {
      return ClosedLoop.run(target, writers, rounds.length(), Disk.below(directory));
    } finally {
      BenchPlace.delete(files);
    }
  }
}

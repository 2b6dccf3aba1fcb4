package dev.troupe.benchmarks.store;

import dev.troupe.benchmarks.load.ClosedLoop;
import dev.troupe.benchmarks.load.Columns;
import dev.troupe.benchmarks.load.Contest;
import dev.troupe.benchmarks.load.Contest.Side;
import dev.troupe.benchmarks.load.Disk;
import dev.troupe.benchmarks.load.Load;
import dev.troupe.benchmarks.load.Series;
import dev.troupe.benchmarks.load.Target;
import dev.troupe.benchmarks.place.Place;
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
        if (kind.isPresent()) {
          benchmark.against(peer.get().name(), kind.get(), writers, limits);
        } else {
          benchmark.alone(writers, limits);
        }
      }
    }
    return benchmark.report;
  }

  private void alone(int writers, List<Side> limits) {
    var sides = new ArrayList<>(List.of(embedded(writers)));
    sides.addAll(limits);
    var series = contest(writers, sides);
    row(writers, series.getFirst(), limits, series.subList(1, 3));
  }

  private void against(String name, Target.Kind kind, int writers, List<Side> limits) {
    var sides = new ArrayList<>(List.of(embedded(writers)));
    sides.add(Side.of(name, () -> round(kind, writers)));
    sides.addAll(limits);
    var series = contest(writers, sides);
    var row = row(writers, series.getFirst(), limits, series.subList(2, 4));
    Columns.peer(row, name, series.get(1), series.getFirst());
  }

  private Report.Row row(int writers, Series own, List<Side> limits, List<Series> bare) {
    var row = report.row().put("writers", writers);
    Columns.own(row, "appends", own);
    for (int i = 0; i < bare.size(); i++) {
      var name = limits.get(i).name();
      row.put(name + "/s", bare.get(i).of(Load::perSecond))
          .put("ratio to " + name, own.over(bare.get(i), Load::perSecond));
    }
    return row;
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

  private Load round(Target.Kind kind, int writers) {
    var files = directory.resolve("store");
    try (var target = kind.starter().start(files, writers)) {
      return ClosedLoop.run(target, writers, rounds.length(), Disk.below(directory));
    } finally {
      Place.delete(files);
    }
  }
}

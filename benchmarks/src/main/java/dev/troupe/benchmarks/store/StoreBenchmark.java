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
import java.util.List;
import java.util.Optional;

/// Appends of 1.5 KB per second to the embedded event store, in process and without Pekko: beside a
/// bare loop that writes and syncs the same number of bytes per sync, and a peer, in turn. Each
/// starts empty in each round.
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
    try (var bare = BareLoop.on(directory.resolve("bare"))) {
      for (int writers : allWriters) {
        if (kind.isPresent()) {
          benchmark.against(peer.get().name(), kind.get(), writers, bare);
        } else {
          benchmark.alone(writers, bare);
        }
      }
    }
    return benchmark.report;
  }

  private void alone(int writers, BareLoop bare) {
    var series = contest(writers, List.of(embedded(writers), limit(bare)));
    var row = row(writers, series.getFirst());
    row.put("bare/s", series.get(1).of(Load::perSecond))
        .put("ratio", series.getFirst().over(series.get(1), Load::perSecond));
  }

  private void against(String name, Target.Kind kind, int writers, BareLoop bare) {
    var peer = Side.of(name, () -> round(kind, writers));
    var series = contest(writers, List.of(embedded(writers), peer, limit(bare)));
    var own = series.getFirst();
    var row = row(writers, own);
    Columns.peer(row, name, series.get(1), own);
    row.put("bare/s", series.get(2).of(Load::perSecond))
        .put("ratio to bare", own.over(series.get(2), Load::perSecond));
  }

  private Report.Row row(int writers, Series own) {
    var row = report.row().put("writers", writers);
    Columns.own(row, "appends", own);
    return row;
  }

  private List<Series> contest(int writers, List<Side> sides) {
    return Contest.run(writers + " writers", rounds, sides, progress);
  }

  private Side embedded(int writers) {
    return Side.of("embedded", () -> round(EmbeddedTarget.KIND, writers));
  }

  /// Syncs as many values at a time as the embedded store has just done.
  private Side limit(BareLoop bare) {
    return new Side("bare", before -> bare.run(before.getFirst().perSync(), rounds.length()));
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

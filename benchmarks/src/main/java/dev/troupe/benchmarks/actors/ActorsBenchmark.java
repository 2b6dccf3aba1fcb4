package dev.troupe.benchmarks.actors;

import com.typesafe.config.ConfigFactory;
import dev.troupe.benchmarks.load.ClosedLoop;
import dev.troupe.benchmarks.load.Contest;
import dev.troupe.benchmarks.load.Contest.Side;
import dev.troupe.benchmarks.load.Disk;
import dev.troupe.benchmarks.load.LoadResult;
import dev.troupe.benchmarks.load.MetricColumns;
import dev.troupe.benchmarks.report.Report;
import dev.troupe.benchmarks.report.Rounds;
import dev.troupe.persistence.embedded.EmbeddedEventStore;
import dev.troupe.persistence.embedded.EmbeddedSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/// Updates of 1.5 KB per second through partition, resource actor, Pekko's journal and the embedded
/// store, and through the same on a store that keeps nothing, in turn: how far the disk is from
/// what actors can do.
public final class ActorsBenchmark {

  private ActorsBenchmark() {}

  public static Report run(
      Path directory, List<Integer> allWriters, Rounds rounds, PrintWriter progress) {
    var report = new Report();
    var disk = Disk.below(directory);
    try (var embedded = embedded(directory);
        var forgetful = new MemberTarget(new ForgetfulStore(), () -> 0)) {
      embedded.createObjects();
      forgetful.createObjects();
      for (int writers : allWriters) {
        var sides =
            List.of(
                side("embedded", embedded, writers, rounds, disk),
                side("no-op", forgetful, writers, rounds, disk));
        var series = Contest.run(writers + " writers", rounds, sides, progress);
        var own = series.getFirst();
        var row = report.row().put("writers", writers);
        MetricColumns.own(row, "updates", own);
        row.put("no-op/s", series.get(1).of(LoadResult::perSecond))
            .put("no-op p50 ms", series.get(1).median(LoadResult::p50Millis))
            .put("no-op p99 ms", series.get(1).median(LoadResult::p99Millis))
            .put("ratio", own.over(series.get(1), LoadResult::perSecond));
      }
    }
    return report;
  }

  private static MemberTarget embedded(Path directory) {
    var settings = EmbeddedSettings.from(ConfigFactory.load());
    var store =
        EmbeddedEventStore.open(
            directory.resolve("store"), settings, InstantSource.system(), _ -> {});
    return new MemberTarget(store, store::commits);
  }

  private static Side side(
      String name, MemberTarget target, int writers, Rounds rounds, Disk disk) {
    return Side.of(name, () -> ClosedLoop.run(target, writers, rounds.length(), disk));
  }
}

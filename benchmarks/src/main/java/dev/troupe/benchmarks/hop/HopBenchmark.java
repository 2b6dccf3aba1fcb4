package dev.troupe.benchmarks.hop;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.benchmarks.load.ClosedLoop;
import dev.troupe.benchmarks.load.Contest;
import dev.troupe.benchmarks.load.Contest.Side;
import dev.troupe.benchmarks.load.Disk;
import dev.troupe.benchmarks.load.LoadResult;
import dev.troupe.benchmarks.load.LoadTarget;
import dev.troupe.benchmarks.report.Report;
import dev.troupe.benchmarks.report.Rounds;
import dev.troupe.runtime.member.Member;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/// Creates through the member that holds the partition and through one that holds nothing of what
/// they need, in turn: what a hop costs.
public final class HopBenchmark {

  private HopBenchmark() {}

  public static Report run(
      Path directory, List<Integer> allWriters, Rounds rounds, PrintWriter progress) {
    var report = new Report();
    var disk = Disk.below(directory);
    try (var members = ThreeMembers.start()) {
      var right = new Creates(members, members.owner(), "right");
      var wrong = new Creates(members, members.other(), "wrong");
      for (int writers : allWriters) {
        var sides =
            List.of(
                side("right", right, writers, rounds, disk),
                side("wrong", wrong, writers, rounds, disk));
        var series = Contest.run(writers + " writers", rounds, sides, progress);
        double rightMillis = series.get(0).median(LoadResult::p50Millis);
        double wrongMillis = series.get(1).median(LoadResult::p50Millis);
        report
            .row()
            .put("writers", writers)
            .put("right p50 ms", rightMillis)
            .put("right p99 ms", series.get(0).median(LoadResult::p99Millis))
            .put("wrong p50 ms", wrongMillis)
            .put("wrong p99 ms", series.get(1).median(LoadResult::p99Millis))
            .put("more p50 ms", wrongMillis - rightMillis);
      }
    }
    return report;
  }

  private static Side side(String name, LoadTarget target, int writers, Rounds rounds, Disk disk) {
    return Side.of(name, () -> ClosedLoop.run(target, writers, rounds.length(), disk));
  }

  /// New config maps through one member.
  private record Creates(ThreeMembers members, Member member, String prefix, AtomicLong last)
      implements LoadTarget {

    private Creates(ThreeMembers members, Member member, String prefix) {
      this(members, member, prefix, new AtomicLong());
    }

    @Override
    public CompletionStage<?> store(long number) {
      var name = prefix + "-" + last.incrementAndGet();
      var key = new ResourceKey(ThreeMembers.CONFIG_MAPS, ThreeMembers.NAMESPACE, name);
      return members.write(member, key, "ConfigMap");
    }

    @Override
    public long syncs() {
      return 0;
    }

    @Override
    public void close() {
      // The members go on.
    }
  }
}

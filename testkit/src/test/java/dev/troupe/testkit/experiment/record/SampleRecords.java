package dev.troupe.testkit.experiment.record;

import dev.troupe.testkit.experiment.record.InvariantVerdict.Offence;
import dev.troupe.testkit.experiment.record.Takeover.Step;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/// Records of runs that were never made. In the small one a member of two is killed after 4 s of
/// 10; what it had is served again after 5.2 s.
public final class SampleRecords {

  public static final long SECOND = 1_000_000;
  public static final long MILLI = 1_000;

  private SampleRecords() {}

  public static RunDescription run(String experiment) {
    return new RunDescription(
        experiment,
        "One of two members is killed.",
        42,
        "troupe experiment run " + experiment + " --seed 42",
        Instant.parse("2026-11-30T12:00:00Z"),
        10 * SECOND,
        List.of("2 processors, 24 GiB", "Java 25"),
        List.of("m1", "m2"),
        SECOND / 2,
        false);
  }

  /// Ten requests a second about each of two partitions, that take 5 ms; `p#1` is not served from 4
  /// to 5.2 s: what was due in the first half of that fails after 100 ms, the rest waits.
  public static RequestTable requests() {
    var log = new RequestLog();
    for (int i = 0; i < 100; i++) {
      long due = i * 100L * MILLI;
      log.add("reader", "get", "p#0", 0, due, due, due + 5 * MILLI, "");
      boolean fails = due >= 4 * SECOND && due < 4_600 * MILLI;
      boolean waits = due >= 4_600 * MILLI && due < 5_200 * MILLI;
      long end = fails ? due + 100 * MILLI : waits ? 5_200 * MILLI : due + 5 * MILLI;
      log.add("writer", "patch", "p#1", 1, due, due, end, fails ? "no answer" : "");
    }
    return log.table();
  }

  public static ExperimentRecord small(List<InvariantVerdict> verdicts) {
    return new ExperimentRecord(
        run("kill"),
        List.of(new PartitionShare("p#0", 10), new PartitionShare("p#1", 30)),
        requests(),
        List.of(WatcherRecord.of("watch 0", 0, 1, times(), 10 * SECOND, List.of())),
        List.of(new FaultSpan("kill", "m2", 4 * SECOND, 6 * SECOND, "with SIGKILL")),
        List.of(
            new OwnerSpan("p#0", "m1", 0, 10 * SECOND),
            new OwnerSpan("p#1", "m2", 0, 4 * SECOND),
            new OwnerSpan("p#1", "m1", 5_100 * MILLI, 10 * SECOND)),
        List.of(
            new Takeover(
                "p#1",
                "m2",
                "m1",
                4 * SECOND,
                Map.of(
                    Step.DETECTED, 4_300 * MILLI,
                    Step.DOWNED, 4_450 * MILLI,
                    Step.ALLOCATED, 4_800 * MILLI,
                    Step.OPENED, 4_900 * MILLI,
                    Step.SERVING, 5_200 * MILLI))),
        verdicts,
        List.of(new LeftOut("disk full", "mount: permission denied")),
        List.of("which process the kernel runs first"));
  }

  public static ExperimentRecord small() {
    return small(
        List.of(
            InvariantVerdict.held("writes", "No acknowledged write is lost.", 120),
            InvariantVerdict.held("versions", "Versions only rise.", 200)));
  }

  public static InvariantVerdict broken() {
    return InvariantVerdict.broken(
        "writes",
        "No acknowledged write is lost.",
        120,
        List.of(new Offence("v7 of p#1 is gone", List.of("PATCH a=v7 -> DONE", "GET a=v6"))));
  }

  private static List<Long> times() {
    return LongStream.range(0, 100)
        .map(i -> i * 100 * MILLI)
        .filter(time -> time <= 4 * SECOND || time >= 5_200 * MILLI)
        .boxed()
        .toList();
  }
}

package dev.troupe.clusterconfig.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.troupe.clusterconfig.command.TroupeCommand;
import dev.troupe.clusterconfig.command.experiment.ExperimentCommand;
import dev.troupe.testkit.experiment.inventory.RunInventory;
import dev.troupe.testkit.experiment.record.ExperimentRecord;
import dev.troupe.testkit.experiment.record.FaultSpan;
import dev.troupe.testkit.experiment.record.InvariantVerdict;
import dev.troupe.testkit.experiment.record.InvariantVerdict.Verdict;
import dev.troupe.testkit.experiment.record.RecordFile;
import dev.troupe.testkit.experiment.record.RequestTable;
import dev.troupe.testkit.experiment.record.Takeover;
import dev.troupe.testkit.members.NamespaceNetwork;
import dev.troupe.testkit.process.JavaCommand;
import dev.troupe.testkit.process.Signal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// `troupe experiment run`, as somebody runs it: what it records, and what it leaves behind.
@Timeout(600)
class ExperimentIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  private final StringWriter printed = new StringWriter();

  private Path experiment(String faults, String quiet) throws IOException {
    return Files.writeString(
        directory.resolve("tried.yaml"),
        """
        name: tried
        shows: Somebody is missed for a moment.
        members:
          count: 3
        workload:
          - {kind: steady, per-second: 60}
          - {kind: hot-object, per-second: 10, clients: 3}
          - {kind: crud, per-second: 20, clients: 3, namespaces: 4, objects: 20}
        faults:
          planned:
        %s
        durations:
          warm-up: 2s
          quiet: %s
        must-hold:
          invariants: all
          writable-within: 60s
        """
            .formatted(faults.indent(4).stripTrailing(), quiet));
  }

  private int run(Path file) {
    return ExperimentCommand.commandLine(TroupeCommand.class, new PrintWriter(printed, true))
        .execute(words(file).toArray(String[]::new));
  }

  private List<String> words(Path file) {
    return List.of("run", file.toString(), "--seed", "7", "--output", output().toString());
  }

  private Path output() {
    return directory.resolve("output");
  }

  private ExperimentRecord record() {
    return RecordFile.read(output().resolve("tried-7.json"));
  }

  private static List<FaultSpan> faults(ExperimentRecord record, String kind) {
    return record.faults().stream().filter(fault -> fault.kind().equals(kind)).toList();
  }

  @Test
  @Tag("thorough")
  void killIsDoneAndRecordedAndNothingIsLeft() throws IOException {
    assertThat(run(experiment("- {at: 1s, kind: kill, who: other, for: 2s}", "10s")))
        .as(printed::toString)
        .isZero();
    assertThat(printed.toString()).contains("everything held", "1 of 1: kill");
    var record = record();
    assertThat(record.verdict()).isEqualTo(Verdict.HELD);
    assertThat(record.run().command()).contains("--seed 7");
    var kill = faults(record, "kill").getFirst();
    assertThat(kill.to() - kill.from()).isGreaterThanOrEqualTo(2_000_000);
    assertThat(record.requests().size()).isGreaterThan(60 * 4);
    assertThat(record.requests().askers())
        .extracting(RequestTable.Asker::verb)
        .contains("patch", "get", "list", "get and put", "all verbs");
    assertThat(record.verdicts())
        .extracting(InvariantVerdict::invariant)
        .contains("linearizable", "one-winner", "one-writer", "watches-miss-nothing")
        .contains("informers-agree", "expiry-is-told", "history-adds-up", "controllers-settle")
        .contains("finalizers-hold", "owners-go-first");
    assertThat(record.takeovers())
        .isNotEmpty()
        .allMatch(takeover ->
            takeover
                .reached()
                .keySet()
                .containsAll(
                    List.of(
                        Takeover.Step.ALLOCATED,
                        Takeover.Step.OPENED,
                        Takeover.Step.SCANNED,
                        Takeover.Step.SERVING)))
        .anyMatch(
            takeover -> takeover.from().equals(kill.target()) && takeover.lost() >= kill.from());
    assertThat(record.owners())
        .anyMatch(span -> span.member().equals(kill.target()) && span.to() >= kill.from());
    assertThat(output().resolve("tried-7.html")).content().contains("tried");
    TriedExperiment.assertNothingIsLeft(output());
  }

  @Test
  @Tag("thorough")
  void everyKindThatNeedsNoNamespacesIsDoneAndUndone() throws IOException {
    var faults =
        """
        - {at: 1s, kind: freeze, who: other, for: 3s}
        - {at: 14s, kind: freeze, who: coordinator, for: 15s}
        - {at: 45s, kind: leave, who: other, for: 5s}
        - {at: 70s, kind: database-restart, for: 3s}
        - {at: 85s, kind: killed-sessions, every: 1s, for: 3s}
        - {at: 100s, kind: database-freeze, for: 3s}
        - {at: 115s, kind: database-away, for: 5s}
        - {at: 135s, kind: kill, who: all, for: 1s}
        - {at: 170s, kind: join, for: 20s}
        - {at: 210s, kind: rolling-restart, for: 60s}
        """;
    assertThat(run(experiment(faults, "15s"))).as(printed::toString).isZero();
    assertThat(record().faults().stream().map(FaultSpan::kind))
        .contains(
            "freeze",
            "leave",
            "database-restart",
            "killed-sessions",
            "database-freeze",
            "database-away",
            "kill",
            "join",
            "rolling-restart");
    TriedExperiment.assertNothingIsLeft(output());
  }

  @Test
  @Tag("thorough")
  void linksAreDisturbedAndMembersGoOn() throws IOException {
    var faults =
        """
        - {at: 1s, kind: latency, who: all, on: members, delay: 20ms, jitter: 20ms, for: 5s}
        - {at: 12s, kind: bandwidth, who: other, on: members, kilobytes-per-second: 500, for: 5s}
        - {at: 24s, kind: resets, who: other, on: members, every: 1s, for: 3s}
        - {at: 40s, kind: latency, who: any, on: store, delay: 20ms, for: 5s}
        - {at: 52s, kind: resets, who: all, on: store, every: 1s, for: 3s}
        - {at: 64s, kind: half-open, who: other, on: store, for: 3s}
        """;
    assertThat(run(experiment(faults, "15s"))).as(printed::toString).isZero();
    assertThat(record().faults().stream().map(FaultSpan::kind))
        .contains("latency", "bandwidth", "resets", "half-open");
    TriedExperiment.assertNothingIsLeft(output());
  }

  @Test
  @Tag("thorough")
  void membersAreCutOffInEveryWay() throws IOException {
    var obstacle = NamespaceNetwork.obstacle();
    assumeTrue(obstacle.isEmpty(), obstacle);
    var faults =
        """
        - {at: 1s, kind: cut, who: other, for: 10s}
        - {at: 30s, kind: one-way-cut, who: other, direction: out, for: 10s}
        - {at: 60s, kind: partial-cut, for: 10s}
        - {at: 90s, kind: flapping-link, who: other, down: 500ms, up: 1s, for: 6s}
        - {at: 120s, kind: isolation, who: coordinator, for: 10s}
        """;
    assertThat(run(experiment(faults, "20s"))).as(printed::toString).isZero();
    assertThat(record().faults().stream().map(FaultSpan::kind))
        .contains("cut", "one-way-cut", "partial-cut", "flapping-link", "isolation");
    TriedExperiment.assertNothingIsLeft(output());
  }

  @Test
  @Tag("thorough")
  void interruptedRunWritesTheReportOfWhatItHasSeen() throws Exception {
    var harness = start(experiment("- {at: 2s, kind: freeze, who: other, for: 10m}", "1s"));
    await(() -> harness.log().contains("freeze"));
    Signal.send("INT", harness.process().pid());
    assertThat(harness.process().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(harness.process().exitValue()).as(harness.log()).isOne();
    var record = record();
    assertThat(record.run().interrupted()).isTrue();
    assertThat(record.verdicts()).noneMatch(one -> one.verdict() == Verdict.BROKEN);
    assertThat(faults(record, "freeze")).hasSize(1);
    TriedExperiment.assertNothingIsLeft(output());
  }

  @Test
  @Tag("thorough")
  void whatAKilledRunHasLeftIsRemovedByTheNextOne() throws Exception {
    var harness = start(experiment("- {at: 2s, kind: freeze, who: other, for: 10m}", "1s"));
    await(() -> harness.log().contains("freeze"));
    harness.process().destroyForcibly().waitFor();
    assertThat(TriedExperiment.processes(output())).hasSizeGreaterThan(3);
    var said = new ArrayList<String>();
    try (var _ = RunInventory.take(output().resolve("running"), said::add).orElseThrow()) {
      assertThat(said).singleElement().asString().contains("4 of its processes");
      await(() -> TriedExperiment.processes(output()).findAny().isEmpty());
    }
  }

  private record Harness(Process process, Path output) {

    private String log() throws IOException {
      return Files.readString(output);
    }
  }

  private Harness start(Path file) throws IOException {
    var words = new ArrayList<>(List.of("experiment"));
    words.addAll(words(file));
    var log = directory.resolve("harness.log");
    var process =
        new ProcessBuilder(JavaCommand.of(JavaCommand.TROUPE, List.of(), words))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    return new Harness(process, log);
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(Condition condition) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.sleep(50);
    }
  }
}

package dev.troupe.testkit.experiment.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.troupe.testkit.experiment.fault.CutDirection;
import dev.troupe.testkit.experiment.fault.InjectedFault;
import dev.troupe.testkit.experiment.fault.NetworkRoute;
import dev.troupe.testkit.experiment.fault.Who;
import dev.troupe.testkit.experiment.plan.DurationRange;
import dev.troupe.testkit.experiment.plan.ExperimentPlan;
import dev.troupe.testkit.experiment.plan.FaultPlan;
import dev.troupe.testkit.experiment.plan.Invariant;
import dev.troupe.testkit.experiment.plan.MustHold;
import dev.troupe.testkit.experiment.plan.RefusedExperiment;
import dev.troupe.testkit.experiment.plan.Timing;
import dev.troupe.testkit.experiment.plan.Topology;
import dev.troupe.testkit.experiment.plan.Workload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is read, and what is said of that which cannot be.
class ExperimentReaderTest {

  private static final String SMALL =
      """
      name: small
      shows: Next to nothing.
      workload:
        - kind: steady
      """;

  private static ExperimentPlan read(String text) {
    return ExperimentReader.read("my.yaml", text.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertRefused(String text, String why) {
    assertThatExceptionOfType(RefusedExperiment.class)
        .isThrownBy(() -> read(text))
        .withMessage("my.yaml:" + why);
  }

  private static void assertRefusedFor(String text, String... parts) {
    assertThatExceptionOfType(RefusedExperiment.class)
        .isThrownBy(() -> read(text))
        .satisfies(refused -> assertThat(refused.why()).contains(parts));
  }

  private static Duration seconds(int count) {
    return Duration.ofSeconds(count);
  }

  @Test
  void whatIsLeftOutIsAsDocumented() {
    assertThat(read(SMALL))
        .isEqualTo(
            new ExperimentPlan(
                "small",
                "Next to nothing.",
                new Topology(
                    3, Map.of(), List.of(), Topology.Storage.POSTGRES, seconds(60), seconds(60)),
                List.of(new Workload.Steady(100)),
                FaultPlan.NOTHING,
                new Timing(seconds(5), seconds(10), null),
                MustHold.everything()));
  }

  @Test
  void everythingThatIsWrittenIsRead() {
    var plan =
        read(
            """
            name: all-of-it
            shows: "Everything: at once."
            members:
              count: 5
              partitions: {configmaps: 4, leases.coordination.k8s.io: 6}
              jvm: [-Xmx512m, "-XX:+UseZGC"]
              store: postgres
              starts-within: 2m
              leaves-within: 30s
            workload:
              - {kind: crud, per-second: 50, clients: 8, namespaces: 3, objects: 40}
              - {kind: leases, clients: 100, every: 5s}
            faults:
              overlap: yes
              planned:
                - {at: 10s, kind: one-way-cut, who: 4, direction: in}
                - {at: 1m, kind: partial-cut, between: [1, 5], for: 500ms..2s}
              random:
                of:
                  - {kind: latency, who: all, on: store, delay: 20ms, jitter: 5ms, weight: 3}
                  - {kind: clock-jump, by: -1h, for: 30s}
                gap: 1s..2s
                count: 7
            durations: {warm-up: 1s, fault: 3s..4s, quiet: 2s, whole: 10m}
            must-hold:
              invariants: [linearizable, one-writer]
              writable-within: 4s
              watches-silent-at-most: 5s
              controllers-act-within: 6s
              failed-requests-at-most: 0
            """);

    assertThat(plan.topology())
        .isEqualTo(
            new Topology(
                5,
                Map.of("configmaps", 4, "leases.coordination.k8s.io", 6),
                List.of("-Xmx512m", "-XX:+UseZGC"),
                Topology.Storage.POSTGRES,
                seconds(120),
                seconds(30)));
    assertThat(plan.workload())
        .containsExactly(new Workload.Crud(50, 8, 3, 40), new Workload.Leases(100, seconds(5)));
    assertThat(plan.timing()).isEqualTo(new Timing(seconds(1), seconds(2), seconds(600)));
    assertThat(plan.mustHold())
        .isEqualTo(
            new MustHold(
                List.of(Invariant.LINEARIZABLE, Invariant.ONE_WRITER),
                seconds(4),
                seconds(5),
                seconds(6),
                0));
    assertThat(plan.faults()).isEqualTo(faults());
  }

  private static FaultPlan faults() {
    var usual = new DurationRange(seconds(3), seconds(4));
    return new FaultPlan(
        List.of(
            new FaultPlan.Planned(
                seconds(10),
                new InjectedFault.OneWayCut(new Who.MemberNumber(4), CutDirection.IN),
                usual),
            new FaultPlan.Planned(
                seconds(60),
                new InjectedFault.PartialCut(List.of(1, 5)),
                new DurationRange(Duration.ofMillis(500), seconds(2)))),
        new FaultPlan.Drawn(
            List.of(
                new FaultPlan.Lot(
                    new InjectedFault.Latency(
                        Who.Role.ALL,
                        NetworkRoute.STORE,
                        Duration.ofMillis(20),
                        Duration.ofMillis(5)),
                    usual,
                    3),
                new FaultPlan.Lot(
                    new InjectedFault.ClockJump(Who.Role.ANY, Duration.ofHours(-1)),
                    DurationRange.exactly(seconds(30)),
                    1)),
            new DurationRange(seconds(1), seconds(2)),
            7),
        true);
  }

  @Test
  void misspeltKeyIsToldWithTheOneThatWasMeant() {
    assertRefused(
        SMALL + "memebers: {count: 3}\n",
        "5:1: \"memebers\" is no key of an experiment: is \"members\" meant? (possible: name,"
            + " shows, members, workload, faults, durations, must-hold)");
  }

  @Test
  void unknownKindIsToldWithTheOneThatWasMeant() {
    assertRefusedFor(
        SMALL + "faults:\n  planned:\n    - at: 1s\n      kind: frezee\n",
        "my.yaml:8:13: \"frezee\" is nothing that \"kind\" can be: is \"freeze\" meant?");
    assertRefusedFor(
        SMALL + "must-hold: {invariants: [linearisable]}\n",
        "my.yaml:5:26: \"linearisable\" is nothing that \"invariants\" can be: is \"linearizable\""
            + " meant?");
  }

  @Test
  void keyThatTheKindHasNotIsRefused() {
    assertRefused(
        SMALL + "faults:\n  planned:\n    - {at: 1s, kind: kill, delay: 2s}\n",
        "7:28: \"delay\" means nothing to a fault kill here, which has: kind, at, for, who");
    assertRefusedFor(
        SMALL + "faults: {random: {of: [{kind: kill, at: 1s}]}}\n",
        "\"at\" means nothing to a fault kill here");
    assertRefusedFor(
        "name: a\nshows: b\nworkload: [{kind: steady, clients: 3}]\n",
        "my.yaml:3:27: \"clients\" means nothing to a workload steady");
  }

  @Test
  void whatIsMissingIsNamed() {
    assertRefused(
        "name: a\nworkload: [{kind: steady}]\n",
        "1:1: \"shows\" is missing in an experiment (a text of at most 300 characters)");
    assertRefusedFor(SMALL + "faults: {planned: [{kind: kill}]}\n", "\"at\" is missing in a fault");
    assertRefusedFor(SMALL + "faults: {random: {}}\n", "\"of\" is missing in random faults");
    assertRefusedFor("name: a\nshows: b\n", "\"workload\" is missing in an experiment");
  }

  @Test
  void unitsAreNotGuessed() {
    assertRefused(
        SMALL + "durations:\n  warm-up: 20\n",
        "6:12: \"20\" is no duration: write a whole number and its unit, as 250ms, 20s, 5m or 2h");
    assertRefusedFor(SMALL + "durations:\n  warm-up: 20sec\n", "\"20sec\" is no duration");
    assertRefusedFor(SMALL + "durations:\n  warm-up: 1.5s\n", "\"1.5s\" is no duration");
    assertRefusedFor(SMALL + "durations:\n  quiet: 1s..2s\n", "\"1s..2s\" is no duration");
  }

  @Test
  void numbersHaveTheirBounds() {
    assertRefused(
        SMALL + "members:\n  count: 9\n", "6:10: \"count\" is a number from 1 to 7, this is \"9\"");
    assertRefusedFor(SMALL + "members: {count: three}\n", "this is \"three\"");
    assertRefusedFor(SMALL + "members: {count: 99999999999}\n", "this is \"99999999999\"");
    assertRefusedFor(SMALL + "members: {count: }\n", "this is nothing");
    assertRefusedFor(SMALL + "members: {count: [1]}\n", "this is a list");
    assertRefusedFor(SMALL + "durations: {quiet: -1s}\n", "\"quiet\" is a duration from 0ms to 1h");
    assertRefusedFor(
        SMALL + "members: {partitions: {pods: 300}}\n", "1 to 256 partitions, not 300");
  }

  @Test
  void rangesBeginWithTheShorterOne() {
    assertRefused(
        SMALL + "durations:\n  fault: 5s..2s\n",
        "6:10: \"5s..2s\" begins with the longer one: write 2s..5s");
  }

  @Test
  void faultThatCannotComeToTheseMembersIsRefusedWhereItIsWritten() {
    assertRefused(
        SMALL + "faults:\n  planned:\n    - {at: 1s, kind: kill, who: 4}\n",
        "7:7: there is no member 4, members are numbered from 1 to 3");
    assertRefused(
        SMALL + "faults:\n  planned:\n    - {at: 1s, kind: ring-cut}\n",
        "7:7: ring-cut needs 4 members, here are 3");
    assertRefusedFor(
        SMALL + "faults: {planned: [{at: 1s, kind: partial-cut, between: [2, 2]}]}\n",
        "nothing can be cut between [2, 2]: name two members");
  }

  @Test
  void plannedFaultsThatOverlapAreRefused() {
    assertRefusedFor(
        SMALL
            + """
            faults:
              planned:
                - {at: 1s, kind: kill, for: 5s}
                - {at: 3s, kind: freeze, for: 5s}
            """,
        "my.yaml:7:5: freeze at 3s comes before kill is over");
  }

  @Test
  void runThatIsTooShortIsRefused() {
    assertRefusedFor(
        SMALL + "durations:\n  whole: 10s\n", "my.yaml:6:10: a run of 10s has no time for faults");
  }

  @Test
  void nameIsOneThatFilesCanHave() {
    assertRefusedFor(
        "name: a/b\nshows: c\nworkload: [{kind: steady}]", "my.yaml:1:7: \"a/b\" is no");
  }

  @Test
  void optionOfAJvmIsOne() {
    assertRefusedFor(SMALL + "members: {jvm: [Xmx1g]}\n", "this is \"Xmx1g\"");
  }

  @Test
  void whatYamlCannotReadIsToldWithItsPlace() {
    assertRefusedFor("name: a\n\tshows: b\n", "my.yaml:2:1: this is no YAML: ");
    assertRefusedFor("name: [a\n", "my.yaml:", "this is no YAML: ");
    assertRefused("", "1:1: the file is empty");
    assertRefused("# nothing\n", "1:1: the file is empty");
    assertRefused("a word", "1:1: an experiment is written as keys and values, this is \"a word\"");
    assertRefused(SMALL + "name: b\n", "5:1: \"name\" is there twice, first in line 1");
    assertRefusedFor(SMALL + "---\nname: b\n", "my.yaml:5:1: a file has one experiment");
  }

  @Test
  void whatAnExperimentHasNoUseForIsRefused() {
    assertRefused("name: &a b\n", "1:7: anchors are not accepted: write it out where it is meant");
    assertRefused("name: *a\n", "1:7: aliases are not accepted: write it out");
    assertRefusedFor("name: !!str a\n", "my.yaml:1:7: tags are not accepted");
    assertRefusedFor("[a]: b\n", "my.yaml:1:1: a key is a word");
    assertRefusedFor("[".repeat(20_000), "my.yaml:1:9: this is nested deeper");
    assertRefusedFor(
        "a: " + "x".repeat(70_000), "my.yaml:1:1: a file of an experiment has at most");
  }

  @Test
  void whatIsNoTextIsToldWithItsPlace() {
    assertThatExceptionOfType(RefusedExperiment.class)
        .isThrownBy(
            () -> ExperimentReader.read("my.yaml", new byte[] {'a', '\n', 'b', (byte) 0xff}))
        .withMessage("my.yaml:2:2: what follows here is no text in UTF-8");
    assertRefused("name: a\u0007\n", "1:8: U+0007 cannot be in a YAML file");
  }

  @Test
  void whatNobodyCanSeeIsRefused() {
    assertRefused("name: \"a\\u0007\"\n", "1:7: this has characters in it that nobody can see");
    assertRefused("name: \"\\ud800\"\n", "1:7: this has characters in it that nobody can see");
    assertRefused(
        "name: \"\\UFFFFFFFF\"\n", "1:8: this is no YAML: an escape with \\U means no character");
    assertRefusedFor("%YAML 99999999999.1\n---\na: b\n", "my.yaml:1:", "this is no YAML: ");
  }

  @Test
  void sentenceMayGoOverSeveralLines() {
    assertThat(read(SMALL.replace("Next to nothing.", ">\n  Next\n  to nothing.\n")).shows())
        .isEqualTo("Next to nothing.");
  }

  @Test
  void fileIsReadFromItsDirectory(@TempDir Path directory) throws IOException {
    var file = Files.writeString(directory.resolve("mine.yaml"), SMALL);

    assertThat(ExperimentReader.read(file).name()).isEqualTo("small");
  }
}

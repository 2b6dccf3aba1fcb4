package dev.troupe.testkit.experiment.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.testkit.experiment.record.ExperimentRecord;
import dev.troupe.testkit.experiment.record.FaultSpan;
import dev.troupe.testkit.experiment.record.InvariantVerdict;
import dev.troupe.testkit.experiment.record.InvariantVerdict.Offence;
import dev.troupe.testkit.experiment.record.LeftOut;
import dev.troupe.testkit.experiment.record.OwnerSpan;
import dev.troupe.testkit.experiment.record.PartitionShare;
import dev.troupe.testkit.experiment.record.RequestLog;
import dev.troupe.testkit.experiment.record.RequestTable;
import dev.troupe.testkit.experiment.record.RunDescription;
import dev.troupe.testkit.experiment.record.SampleRecords;
import dev.troupe.testkit.experiment.record.Takeover;
import dev.troupe.testkit.experiment.record.Takeover.Step;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportPageTest {

  private static final String EVIL =
      "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>&\u0007";

  private final PageReading page = PageReading.of(ReportPage.of(SampleRecords.small()));

  @Test
  void pageSaysEverythingInItsOrder() {
    page.assertSound();

    assertThat(page.texts("h1")).containsExactly("kill");
    assertThat(page.texts("h2"))
        .containsExactly(
            "What clients noticed",
            "What each member did",
            "How partitions were taken over",
            "Figures",
            "What must hold",
            "Run it again");
    assertThat(page.texts("title").getFirst()).isEqualTo("✓ Held: kill");
    assertThat(page.texts("title").stream().skip(1))
        .containsExactly(
            "Faults",
            "Answered requests a second",
            "Time from when a request was due to its answer",
            "Availability of each partition of p",
            "Who had which partition of p",
            "Silence of watches",
            "Answered a second",
            "Partitions",
            "Answered a second",
            "Partitions",
            "Time since the loss of a partition of p");
  }

  @Test
  void verdictAndWhatItCostComeFirst() {
    assertThat(page.ofClass("p", "verdict held").getTextContent())
        .isEqualTo("✓ Held all 2 invariants, over 320 checks");
    assertThat(page.texts("dt").getFirst()).isEqualTo("unavailable object-seconds");
    assertThat(page.texts("dd")).containsExactly("36", "91.00 %", "1.2 s", "1.2 s", "6", "400 ms");
  }

  @Test
  void brokenInvariantIsShownAboveEverythingElse() {
    var held = InvariantVerdict.held("versions", "Versions only rise.", 200);
    var broken =
        PageReading.of(ReportPage.of(SampleRecords.small(List.of(held, SampleRecords.broken()))));

    broken.assertSound();
    assertThat(broken.ofClass("p", "verdict broken").getTextContent())
        .isEqualTo("✗ Broken 1 invariant of 2: writes");
    assertThat(broken.texts("h2")).startsWith("What is broken").contains("What else must hold");
    assertThat(broken.all("ul").getFirst().getTextContent())
        .contains("writes")
        .doesNotContain("versions");
    assertThat(broken.ofClass("div", "offence").getTextContent())
        .contains("v7 of p#1 is gone")
        .contains("PATCH a=v7 -> DONE");
  }

  @Test
  void whatWasNotCheckedIsNamed() {
    var open = InvariantVerdict.open("lists", "Lists are whole.", "nobody listed");
    var read = PageReading.of(ReportPage.of(SampleRecords.small(List.of(open))));

    assertThat(read.ofClass("p", "verdict open").getTextContent())
        .isEqualTo("? Open not checked: lists");
    assertThat(read.ofClass("ul", "invariants").getTextContent()).contains("nobody listed");
  }

  /// Each plot has the fault behind it, from 4 to 6 s of 10.
  @Test
  void faultIsABandBehindEveryPlotOverTime() {
    var bands =
        page.all("path").stream()
            .filter(path -> path.getAttribute("class").equals("band"))
            .map(path -> path.getAttribute("d"))
            .toList();

    assertThat(bands).hasSize(9).allMatch(d -> d.startsWith("M400 0h200v"));
    assertThat(page.ofClass("div", "lane-names").getTextContent().strip()).isEqualTo("1 kill m2");
  }

  /// Half-way from 4 to 4.7 s nothing about `p#1` was served; before and after it was.
  @Test
  void unavailabilityIsDrawnWhereItWas() {
    assertThat(page.ofClass("path", "none").getAttribute("d")).isEqualTo("M400 19h70v13h-70z");
    assertThat(page.ofClass("path", "served").getAttribute("d"))
        .isEqualTo("M0 3h1000v13h-1000zM0 19h400v13h-400zM470 19h530v13h-530z");
  }

  @Test
  void silenceOfAWatchIsDrawnWhereItWas() {
    assertThat(page.ofClass("path", "silent").getAttribute("d")).isEqualTo("M400 3h120v13h-120z");
  }

  @Test
  void stepsOfATakeoverFollowEachOther() {
    assertThat(page.ofClass("path", "detected").getAttribute("d")).isEqualTo("M0 6h250v14h-250z");
    assertThat(page.ofClass("path", "serving").getAttribute("d")).isEqualTo("M750 6h250v14h-250z");
  }

  @Test
  void runCanBeRepeatedFromThePage() {
    assertThat(page.texts("code")).containsExactly("troupe experiment run kill --seed 42");
    assertThat(page.texts("li"))
        .contains(
            "which process the kernel runs first",
            "disk full: mount: permission denied",
            "2 processors, 24 GiB");
  }

  @Test
  void namesOfStrangersAreText() {
    var html = ReportPage.of(evil());

    var read = PageReading.of(html);
    read.assertSound();
    assertThat(html).doesNotContain("<script").doesNotContain("<img");
    assertThat(read.texts("h1").getFirst()).startsWith("<script>alert(1)</script>");
    assertThat(read.ofClass("div", "offence").getTextContent()).contains("<img src=x");
  }

  private static ExperimentRecord evil() {
    var log = new RequestLog();
    log.add(EVIL, EVIL, EVIL, 0, 0, 0, 10, EVIL);
    return new ExperimentRecord(
        new RunDescription(
            EVIL, EVIL, 1, EVIL, Instant.EPOCH, 1_000_000, List.of(EVIL), List.of(EVIL), 10, false),
        List.of(new PartitionShare(EVIL, 1)),
        log.table(),
        List.of(),
        List.of(new FaultSpan(EVIL, EVIL, 0, 10, EVIL)),
        List.of(new OwnerSpan(EVIL, EVIL, 0, 500_000)),
        List.of(new Takeover(EVIL, EVIL, EVIL, 0, Map.of(Step.SERVING, 10L))),
        List.of(InvariantVerdict.broken(EVIL, EVIL, 1, List.of(new Offence(EVIL, List.of(EVIL))))),
        List.of(new LeftOut(EVIL, EVIL)),
        List.of(EVIL));
  }

  /// A run that was ended at once.
  @Test
  void emptyRecordHasAPage() {
    var empty =
        new ExperimentRecord(
            SampleRecords.run("none"),
            List.of(),
            RequestTable.empty(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of());

    var read = PageReading.of(ReportPage.of(empty));

    read.assertSound();
    assertThat(read.ofClass("p", "verdict open").getTextContent()).contains("nothing was checked");
  }

  @Test
  void pageOfTwoHoursIsSmall() {
    var html = ReportPage.of(LongRecord.of(1, 7_200, 100, 20));

    PageReading.of(html).assertSound();
    assertThat(html.getBytes(StandardCharsets.UTF_8).length).isLessThan(3_000_000);
  }
}

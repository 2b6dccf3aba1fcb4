package dev.troupe.testkit.experiment.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.testkit.experiment.figure.KeyFigure;
import dev.troupe.testkit.experiment.figure.KeyFigure.Better;
import dev.troupe.testkit.experiment.figure.KeyFigure.Measure;
import dev.troupe.testkit.experiment.record.InvariantVerdict;
import dev.troupe.testkit.experiment.record.SampleRecords;
import dev.troupe.testkit.experiment.report.ComparePage.Named;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparePageTest {

  private static final Named BEFORE = new Named("before.json", SampleRecords.small());
  private static final Named AFTER =
      new Named("after<b>.json", SampleRecords.small(List.of(SampleRecords.broken())));

  private static FigureDifference difference(double first, double second, Better better) {
    return new FigureDifference(
        new KeyFigure("any", "", Measure.MICROSECONDS, first, better),
        new KeyFigure("any", "", Measure.MICROSECONDS, second, better));
  }

  @Test
  void bothRunsStandSideBySide() {
    var page = PageReading.of(ComparePage.of(BEFORE, AFTER));

    page.assertSound();
    assertThat(page.texts("h1")).containsExactly("before.json and after<b>.json");
    assertThat(page.ofClass("p", "verdict held")).isNotNull();
    assertThat(page.ofClass("p", "verdict broken")).isNotNull();
    assertThat(page.texts("td"))
        .containsSequence("unavailable object-seconds", "36", "36", "the same", "")
        .containsSequence("writes", "✓ Held", "✗ Broken")
        .containsSequence("versions", "✓ Held", "was not looked at");
    assertThat(page.texts("title"))
        .filteredOn("Availability of each partition of p"::equals)
        .hasSize(2);
  }

  @Test
  void runsOfDifferentLengthHaveOneTimeAxis() {
    var longer = new Named("longer", LongRecord.of(1, 20, 20, 5));

    var page = PageReading.of(ComparePage.of(BEFORE, longer));

    // The short one is the left half: its fault was from 4 to 6 s of 20 now.
    assertThat(page.all("path")).anyMatch(path -> path.getAttribute("d").startsWith("M200 0h100v"));
  }

  @Test
  void whatTheRunsDoNotShareIsNamed() {
    var other = new Named("other", LongRecord.of(1, 10, 20, 5));

    assertThat(PageReading.of(ComparePage.of(BEFORE, other)).texts("td"))
        .containsSequence("seed", "42", "77")
        .containsSequence("members", "m1, m2", "m1, m2, m3");
  }

  @Test
  void differenceSaysWhetherItIsBetter() {
    assertThat(difference(1_200_000, 900_000, Better.LESS).inWords()).isEqualTo("−300 ms (−25 %)");
    assertThat(difference(1_200_000, 900_000, Better.LESS).judgement()).isEqualTo("better");
    assertThat(difference(1_200_000, 900_000, Better.MORE).judgement()).isEqualTo("worse");
    assertThat(difference(1_000, 2_000, Better.LESS).judgement()).isEqualTo("worse");
    assertThat(difference(1_000, 2_000, Better.NEITHER).judgement()).isEmpty();
    assertThat(difference(100_000, 104_000, Better.LESS).judgement()).isEmpty();
    assertThat(difference(1_000_000, 1_004_000, Better.LESS).inWords()).isEqualTo("+4 ms");
    assertThat(difference(0, 2_000, Better.LESS).inWords()).isEqualTo("+2 ms");
    assertThat(difference(2_000, 2_000, Better.LESS).inWords()).isEqualTo("the same");
    assertThat(difference(Double.NaN, 2_000, Better.LESS).inWords()).isEqualTo("–");
    assertThat(difference(Double.NaN, 2_000, Better.LESS).judgement()).isEmpty();
  }

  @Test
  void invariantsAreOrderedByWhatTheyMean() {
    var held = InvariantVerdict.held("a", "", 1);
    var open = InvariantVerdict.open("b", "", "");
    var broken = SampleRecords.broken();

    assertThat(InvariantSection.ordered(List.of(held, open, broken)))
        .containsExactly(broken, open, held);
  }
}

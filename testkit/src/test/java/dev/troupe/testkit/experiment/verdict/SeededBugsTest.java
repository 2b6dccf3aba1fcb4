package dev.troupe.testkit.experiment.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.testkit.experiment.plan.Invariant;
import dev.troupe.testkit.experiment.record.InvariantVerdict;
import dev.troupe.testkit.experiment.record.InvariantVerdict.Verdict;
import dev.troupe.testkit.experiment.record.SampleRecords;
import dev.troupe.testkit.experiment.report.PageReading;
import dev.troupe.testkit.experiment.report.ReportPage;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The checker of experiments, checked itself: each mistake turns the verdict of a run red, and its
/// report shows what was done and seen.
class SeededBugsTest {

  private static final int SEEDS = 20;

  /// Of the runs in which somebody errs now and then, so many show it at least.
  private static final int FOUND = 8;

  @ParameterizedTest
  @EnumSource
  void bugIsFoundAndShown(SeededBug bug) {
    int runs = bug.isCertain() ? 1 : SEEDS;
    int found = 0;
    for (long seed = 1; seed <= runs; seed++) {
      var verdict = new InvariantVerdicts(bug.seen(seed)).of(bug.invariant());
      if (verdict.isPresent() && verdict.get().verdict() == Verdict.BROKEN) {
        if (found == 0) {
          assertShown(bug, verdict.get());
        }
        found++;
      }
    }
    assertThat(found).as("of %d runs", runs).isGreaterThanOrEqualTo(Math.min(runs, FOUND));
  }

  private static void assertShown(SeededBug bug, InvariantVerdict verdict) {
    assertThat(verdict.offences())
        .anySatisfy(
            offence -> assertThat(offence.what() + offence.operations()).contains(bug.shown()));
    var record = SampleRecords.small(List.of(verdict));
    assertThat(record.verdict()).isEqualTo(Verdict.BROKEN);
    var page = PageReading.of(ReportPage.of(record));
    assertThat(page.ofClass("p", "verdict broken").getTextContent())
        .contains("Broken", bug.invariant().word());
    assertThat(page.texts("h2").getFirst()).isEqualTo("What is broken");
    assertThat(page.all("ul").getFirst().getTextContent())
        .contains(bug.invariant().word(), bug.shown());
  }

  @Test
  void whoKeepsItsWordIsNotAccused() {
    var witnesses = SeededBug.witnesses(0);
    for (long seed = 1; seed <= SEEDS; seed++) {
      var verdicts = new InvariantVerdicts(SeededBug.honest(seed, witnesses));
      for (var invariant : judged()) {
        assertThat(verdicts.of(invariant))
            .as("%s, seed %d", invariant.word(), seed)
            .hasValueSatisfying(verdict ->
                assertThat(verdict.verdict()).as("%s", verdict.offences()).isEqualTo(Verdict.HELD));
      }
    }
  }

  private static Set<Invariant> judged() {
    return Arrays.stream(SeededBug.values())
        .map(SeededBug::invariant)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Test
  void everythingThatIsJudgedHasABugThatItFinds() {
    var verdicts = new InvariantVerdicts(SeededBug.honest(1, SeededBug.witnesses(0)));
    assertThat(Arrays.stream(Invariant.values()).filter(one -> verdicts.of(one).isPresent()))
        .containsExactlyInAnyOrderElementsOf(judged());
  }
}

package dev.troupe.testkit.experiment.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.testkit.experiment.record.InvariantVerdict.Offence;
import dev.troupe.testkit.experiment.record.InvariantVerdict.Verdict;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExperimentRecordTest {

  private static final InvariantVerdict HELD = InvariantVerdict.held("versions", "They rise.", 3);
  private static final InvariantVerdict OPEN =
      InvariantVerdict.open("lists", "They are whole.", "nobody listed");

  private static Verdict verdict(InvariantVerdict... verdicts) {
    return SampleRecords.small(List.of(verdicts)).verdict();
  }

  @Test
  void oneBrokenInvariantBreaksTheRun() {
    assertThat(verdict(HELD, OPEN, SampleRecords.broken())).isEqualTo(Verdict.BROKEN);
  }

  @Test
  void whatNobodyLookedAtIsNotHeld() {
    assertThat(verdict(HELD, OPEN)).isEqualTo(Verdict.OPEN);
    assertThat(verdict()).isEqualTo(Verdict.OPEN);
    assertThat(verdict(HELD)).isEqualTo(Verdict.HELD);
  }

  @Test
  void interruptedRunHasHeldNothing() {
    var whole = SampleRecords.small();
    var run = whole.run();
    var interrupted =
        new ExperimentRecord(
            new RunDescription(
                run.experiment(),
                run.what(),
                run.seed(),
                run.command(),
                run.began(),
                run.duration(),
                run.machine(),
                run.members(),
                run.bound(),
                true),
            whole.partitions(),
            whole.requests(),
            whole.watchers(),
            whole.faults(),
            whole.owners(),
            whole.takeovers(),
            whole.verdicts(),
            whole.leftOut(),
            whole.notReproducible());

    assertThat(whole.verdict()).isEqualTo(Verdict.HELD);
    assertThat(interrupted.verdict()).isEqualTo(Verdict.OPEN);
  }

  @Test
  void firstHundredOffencesAreKeptAndAllCounted() {
    var broken =
        InvariantVerdict.broken(
            "writes", "", 1_000, Collections.nCopies(250, new Offence("lost", List.of("PUT a"))));

    assertThat(broken.offences()).hasSize(100);
    assertThat(broken.offended()).isEqualTo(250);
  }

  @Test
  void silencesOfAWatcherAreWhatLiesBetweenEvents() {
    var watcher =
        WatcherRecord.of("w", 0, 1, List.of(100_000L, 200_000L, 900_000L), 1_000_000, List.of());

    assertThat(watcher.shown()).isEqualTo(3);
    assertThat(watcher.silences()).containsExactly(new WatcherRecord.Silence(200_000, 900_000));
    assertThat(watcher.longest()).isEqualTo(700_000);
  }
}

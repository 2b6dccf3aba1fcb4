package dev.troupe.testkit.experiment.figure;

import static dev.troupe.testkit.experiment.record.SampleRecords.MILLI;
import static dev.troupe.testkit.experiment.record.SampleRecords.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.troupe.testkit.experiment.record.SampleRecords;
import dev.troupe.testkit.experiment.record.Takeover.Step;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The figures of the small record, each worked out by hand.
class RunFiguresTest {

  private final RunFigures figures = RunFigures.of(SampleRecords.small());

  private double key(String name) {
    return figures.key().stream()
        .filter(figure -> figure.name().equals(name))
        .mapToDouble(KeyFigure::value)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void answersBelongToWhenTheyCame() {
    var moments = figures.load().moments();

    assertThat(moments).hasSize(100);
    assertThat(moments.get(0).answered()).isEqualTo(20);
    // What waited since 4.6 s, and what was due now.
    assertThat(moments.get(52).answered()).isEqualTo(80);
    assertThat(moments.get(40).failed()).isZero();
    assertThat(moments.get(41).failed()).isEqualTo(1);
    assertThat(figures.load().highest()).isEqualTo(80);
  }

  @Test
  void waitsBelongToWhenTheyBegan() {
    var failing = figures.load().moments().get(40);
    assertThat(failing.due()).isEqualTo(2);
    assertThat(failing.half()).isEqualTo(5 * MILLI);
    assertThat(failing.nearlyAll()).isEqualTo(100 * MILLI);

    var waiting = figures.load().moments().get(46);
    assertThat(waiting.longest()).isEqualTo(600 * MILLI);
    assertThat(figures.load().longest()).isEqualTo(600 * MILLI);
  }

  @Test
  void membersAreMeasuredByWhatTheyWereAsked() {
    assertThat(figures.ofMembers()).hasSize(2);
    assertThat(figures.ofMembers().get(0).longest()).isEqualTo(5 * MILLI);
    assertThat(figures.ofMembers().get(1).moments().get(46).due()).isEqualTo(1);
  }

  @Test
  void partitionIsUnavailableWhereRequestsFailOrWaitTooLong() {
    var strips = figures.availability().strips();

    assertThat(strips).extracting(AvailabilityMap.Strip::partition).containsExactly("p#0", "p#1");
    assertThat(unserved(strips.get(0))).isEmpty();
    // The one at 4.7 s waits exactly as long as it may.
    assertThat(unserved(strips.get(1))).containsExactly(40, 41, 42, 43, 44, 45, 46);
  }

  private static int[] unserved(AvailabilityMap.Strip strip) {
    return IntStream.range(0, 100).filter(bucket -> strip.share(bucket) > 0).toArray();
  }

  @Test
  void objectSecondsAreTimeWithoutServiceTimesObjects() {
    var unavailability = figures.unavailability();

    var second = unavailability.partitions().get(1);
    assertThat(second.partition()).isEqualTo("p#1");
    assertThat(second.lost()).isEqualTo(1.2 * SECOND);
    assertThat(second.longest()).isEqualTo(1_200 * MILLI);
    assertThat(unavailability.objectSeconds()).isEqualTo(36);
    assertThat(unavailability.byVerb()).containsExactly(entry("get", 0.0), entry("patch", 36.0));
    assertThat(key("available")).isEqualTo(91);
  }

  @Test
  void takeoverIsCutWhereASeenStepWasDone() {
    var takeover = figures.takeovers().takeovers().getFirst();

    assertThat(TakeoverFigures.stretches(takeover))
        .extracting(TakeoverFigures.Stretch::length)
        .containsExactly(300 * MILLI, 150 * MILLI, 350 * MILLI, 100 * MILLI, 300 * MILLI);
    assertThat(figures.takeovers().spent()).doesNotContainKey(Step.SCANNED);
    assertThat(key("longest takeover")).isEqualTo(1_200 * MILLI);
  }

  @Test
  void keyFiguresAreThoseOfTheRun() {
    assertThat(key("requests")).isEqualTo(200);
    assertThat(key("failed requests")).isEqualTo(6);
    assertThat(key("answered a second")).isEqualTo(19.4);
    assertThat(key("median wait")).isEqualTo(5 * MILLI);
    assertThat(key("p99 of waits")).isEqualTo(400 * MILLI);
    assertThat(key("longest wait")).isEqualTo(600 * MILLI);
    assertThat(key("longest silence of a watch")).isEqualTo(1_200 * MILLI);
    assertThat(figures.failures()).containsExactly(entry("patch: no answer", 6L));
  }
}

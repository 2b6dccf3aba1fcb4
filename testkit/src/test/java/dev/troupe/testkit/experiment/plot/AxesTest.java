package dev.troupe.testkit.experiment.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.troupe.testkit.experiment.record.FaultSpan;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxesTest {

  private static final long SECOND = 1_000_000;

  @ParameterizedTest
  @CsvSource({
    "10, 0|2 s|4 s|6 s|8 s|10 s",
    "75, 0|20 s|40 s|60 s",
    "240, 0|1 min|2 min|3 min|4 min",
    "7200, 0|30 min|60 min|90 min|120 min"
  })
  void timesAreRoundAndFew(long seconds, String labels) {
    var axis = new TimeAxis(seconds * SECOND);

    assertThat(String.join("|", axis.labels().stream().map(Label::text).toList()))
        .isEqualTo(labels);
  }

  @Test
  void timeIsFromLeftToRight() {
    var axis = new TimeAxis(10 * SECOND);

    assertThat(axis.at(0)).isZero();
    assertThat(axis.at(4 * SECOND)).isEqualTo(400);
    assertThat(axis.at(99 * SECOND)).isEqualTo(1_000);
  }

  @Test
  void valuesRiseFromTheBottom() {
    var axis = ValueAxis.upTo(80, Units::rate);

    assertThat(axis.labels())
        .containsExactly(
            new Label("0/s", 100),
            new Label("20/s", 75),
            new Label("40/s", 50),
            new Label("60/s", 25),
            new Label("80/s", 0));
    assertThat(axis.at(20, 120)).isEqualTo(90);
  }

  @Test
  void eachDecadeIsAsHighAsTheOthers() {
    var axis = ValueAxis.decades(2_000, 600_000, Units::time);

    assertThat(axis.labels())
        .extracting(Label::text)
        .containsExactly("1 ms", "10 ms", "100 ms", "1 s");
    assertThat(axis.at(10_000, 90)).isCloseTo(60, within(1e-9));
    assertThat(axis.at(0, 90)).isEqualTo(90);
    assertThat(axis.at(1e9, 90)).isZero();
  }

  @Test
  void pathsAreShort() {
    var path = new PathData();
    path.to(0, 10.04);
    path.to(1.25, -0.05);
    path.gap();
    path.to(3, 3);
    path.rectangle(1, 2, 3, 4);

    assertThat(path).hasToString("M0 10L1.3 0M3 3M1 2h3v4h-3z");
  }

  private static FaultSpan fault(String kind, String target, long from) {
    return new FaultSpan(kind, target, from * SECOND, from * SECOND, "");
  }

  @Test
  void faultsOfOneNameHaveOneNumber() {
    var faults =
        FaultBands.of(
            new TimeAxis(100 * SECOND),
            List.of(fault("kill", "m1", 10), fault("freeze", "m2", 20), fault("kill", "m1", 50)));

    assertThat(faults.byName().keySet()).containsExactly("kill m1", "freeze m2");
    assertThat(faults.numbers())
        .containsExactly(new Label("1", 10), new Label("2", 20), new Label("1", 50));
    assertThat(faults.path(7)).hasToString("M100 0h2v7h-2zM500 0h2v7h-2zM200 0h2v7h-2z");
  }

  @Test
  void numbersThatWouldLieOnEachOtherAreLeftOut() {
    var faults =
        FaultBands.of(
            new TimeAxis(100 * SECOND),
            List.of(fault("kill", "m1", 10), fault("kill", "m2", 11), fault("kill", "m3", 13)));

    assertThat(faults.numbers()).containsExactly(new Label("1", 10), new Label("3", 13));
  }

  @Test
  void manyNamesAreDrawnByKind() {
    var all = new ArrayList<FaultSpan>();
    for (int i = 0; i < 30; i++) {
      all.add(fault(i % 2 == 0 ? "kill" : "freeze", "m" + i, i));
    }

    assertThat(FaultBands.of(new TimeAxis(100 * SECOND), all).byName())
        .containsOnlyKeys("kill", "freeze");
  }
}

package dev.troupe.testkit.experiment.plot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.testkit.experiment.figure.KeyFigure.Measure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {

  @ParameterizedTest
  @CsvSource({
    "-1, –",
    "0, 0 ms",
    "420, 0.42 ms",
    "5000, 5 ms",
    "12340, 12.3 ms",
    "340000, 340 ms",
    "1200000, 1.2 s",
    "34210000, 34.2 s",
    "119900000, 120 s",
    "600000000, 10 min",
    "7200000000, 2 h"
  })
  void timesHaveThreeDigitsAndAUnit(long micros, String text) {
    assertThat(Units.time(micros)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0.000 s", "4321987, 4.321 s", "59999000, 59.999 s", "61002000, 1:01.002"})
  void momentsAreToTheMillisecond(long micros, String text) {
    assertThat(Units.moment(micros)).isEqualTo(text);
  }

  @Test
  void almostAllIsNotAll() {
    assertThat(Units.of(Measure.PERCENT, 100)).isEqualTo("100 %");
    assertThat(Units.of(Measure.PERCENT, 99.999_999)).isEqualTo("99.9999 %");
    assertThat(Units.of(Measure.PERCENT, 99.5)).isEqualTo("99.50 %");
    assertThat(Units.of(Measure.PERCENT, Double.NaN)).isEqualTo("–");
  }

  @Test
  void largeNumbersAreInGroups() {
    assertThat(Units.number(1_234_567)).isEqualTo("1\u202f234\u202f567");
    assertThat(Units.rate(19.4)).isEqualTo("19.4/s");
    assertThat(Units.of(Measure.OBJECT_SECONDS, 36)).isEqualTo("36");
  }
}

package dev.troupe.api.controller.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Which settings can be.
class ControllerSettingsTest {

  @Test
  void eachIsChangedAlone() {
    var settings =
        ControllerSettings.DEFAULT
            .workers(3)
            .backOff(Duration.ofMillis(10), Duration.ofSeconds(1))
            .rate(2.5)
            .priority(-7)
            .resync(Duration.ofHours(1))
            .deadline(Duration.ofSeconds(9))
            .paused(true);

    assertThat(settings)
        .isEqualTo(
            new ControllerSettings(
                3,
                Duration.ofMillis(10),
                Duration.ofSeconds(1),
                2.5,
                -7,
                Duration.ofHours(1),
                Duration.ofSeconds(9),
                true));
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        wrong(one -> one.workers(-1), "workers is -1, and must be from 0"),
        wrong(one -> one.workers(1_025), "to 1024"),
        wrong(one -> one.backOff(Duration.ZERO, Duration.ofSeconds(1)), "back-off.first is PT0S"),
        wrong(
            one -> one.backOff(Duration.ofSeconds(2), Duration.ofSeconds(1)),
            "back-off.most is PT1S, and must not be shorter"),
        wrong(one -> one.rate(-0.5), "rate is -0.5"),
        wrong(one -> one.rate(Double.NaN), "rate is NaN"),
        wrong(one -> one.priority(101), "priority is 101, and must be from -100 to 100"),
        wrong(one -> one.resync(Duration.ofMillis(10)), "resync is PT0.01S"),
        wrong(one -> one.deadline(Duration.ZERO), "deadline is PT0S"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void whatCannotBeIsRefusedByName(UnaryOperator<ControllerSettings> change, String sentence) {
    assertThatThrownBy(() -> change.apply(ControllerSettings.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(sentence);
  }

  private static Arguments wrong(UnaryOperator<ControllerSettings> change, String sentence) {
    return Arguments.of(change, sentence);
  }
}

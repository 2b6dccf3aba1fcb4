package dev.troupe.testkit.experiment.figure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketsTest {

  @ParameterizedTest
  @CsvSource({
    "1, 100000, 1",
    "40000000, 100000, 400",
    "40000001, 200000, 201",
    "240000000, 1000000, 240",
    "7200000000, 20000000, 360",
    "86400000000, 500000000, 173"
  })
  void widthIsRoundAndTheirNumberBounded(long duration, long width, int count) {
    assertThat(Buckets.of(duration, 400)).isEqualTo(new Buckets(width, count, duration));
  }

  @Test
  void lastOneEndsWithTheRun() {
    var buckets = Buckets.of(250_000, 400);

    assertThat(buckets.count()).isEqualTo(3);
    assertThat(buckets.to(1)).isEqualTo(200_000);
    assertThat(buckets.to(2)).isEqualTo(250_000);
    assertThat(buckets.at(249_999)).isEqualTo(2);
    assertThat(buckets.contain(250_000)).isFalse();
    assertThat(buckets.seconds(2)).isEqualTo(0.05);
  }
}

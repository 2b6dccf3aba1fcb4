package dev.troupe.runtime.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class SteadyClockTest {

  private long wall = 1_000_000;
  private long nanos = 77;

  private final InstantSource wallClock =
      new InstantSource() {
        @Override
        public Instant instant() {
          return Instant.ofEpochMilli(wall);
        }
      };

  private boolean isAgreed = true;
  private final SteadyClock clock = new SteadyClock(wallClock, () -> nanos, () -> isAgreed);

  @Test
  void followsTheTimeThatPasses() {
    pass(Duration.ofSeconds(90));

    assertThat(clock.millis()).isEqualTo(1_090_000);
  }

  @Test
  void doesNotJumpWithTheWallClock() {
    wall += 200;
    assertThat(clock.millis()).isEqualTo(1_000_000);

    pass(Duration.ofSeconds(100));

    assertThat(clock.millis()).isEqualTo(1_100_050);
  }

  @Test
  void wallClockThatIsSetBackSoonIsNotFollowed() {
    wall += Duration.ofHours(1).toMillis();
    assertThat(clock.millis()).isEqualTo(1_000_000);
    pass(Duration.ofSeconds(4));
    assertThat(clock.millis()).isEqualTo(1_004_002);
    wall -= Duration.ofHours(1).toMillis();

    pass(Duration.ofSeconds(4));

    assertThat(clock.millis()).isEqualTo(1_008_000);
  }

  /// The machine was paused, and nothing but its wall clock is told.
  @Test
  void clockThatStoodStillCatchesUp() {
    wall += Duration.ofSeconds(7).toMillis();
    assertThat(clock.millis()).isEqualTo(1_000_000);

    pass(Duration.ofSeconds(5));

    assertThat(clock.millis()).isEqualTo(1_012_000);
  }

  /// It was set, and the clocks of others were not.
  @Test
  void wallClockThatOthersDoNotAgreeWithIsNotFollowed() {
    isAgreed = false;
    wall += Duration.ofHours(1).toMillis();
    assertThat(clock.millis()).isEqualTo(1_000_000);

    pass(Duration.ofSeconds(20));
    assertThat(clock.millis()).isEqualTo(1_020_010);

    wall -= Duration.ofHours(1).toMillis();
    isAgreed = true;
    pass(Duration.ofSeconds(20));
    assertThat(clock.millis()).isEqualTo(1_040_000);
  }

  @Test
  void wallClockIsCaughtUpWithWhenOthersAgree() {
    isAgreed = false;
    wall += Duration.ofSeconds(7).toMillis();
    assertThat(clock.millis()).isEqualTo(1_000_000);
    pass(Duration.ofSeconds(20));

    isAgreed = true;

    assertThat(clock.millis()).isEqualTo(1_027_000);
  }

  @Test
  void followsWhatIsAheadAndNothingElse() {
    clock.follow(1_030_000);
    assertThat(clock.millis()).isEqualTo(1_030_000);

    clock.follow(1_020_000);
    assertThat(clock.millis()).isEqualTo(1_030_000);
  }

  @Test
  void neverGoesBack() {
    wall -= Duration.ofHours(1).toMillis();
    pass(Duration.ofSeconds(100));

    assertThat(clock.millis()).isEqualTo(1_099_950);
  }

  private void pass(Duration time) {
    wall += time.toMillis();
    nanos += time.toNanos();
  }
}

package dev.troupe.runtime.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.api.resource.Version;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class VersionClockTest {

  private long now = 1_000_000;

  private final InstantSource time =
      new InstantSource() {
        @Override
        public Instant instant() {
          return Instant.ofEpochMilli(now);
        }
      };

  private final VersionClock<String> clock = new VersionClock<>(5, 0, 0, time);

  @Test
  void versionIsTheTimeAndThePartition() {
    long version = clock.take(0, "a");

    assertThat(Version.millis(version)).isEqualTo(now);
    assertThat(Version.partition(version)).isEqualTo(5);
  }

  @Test
  void versionsIncreaseWhenTimeStandsStillOrGoesBack() {
    long first = clock.take(0, "a");
    long second = clock.take(0, "b");
    now -= 3_600_000;
    long third = clock.take(0, "c");

    assertThat(second).isEqualTo(first + Version.STEP);
    assertThat(third).isEqualTo(second + Version.STEP);
  }

  @Test
  void withdrawnVersionIsNoLongerInFlightAndNeverTakenAgain() {
    long first = clock.take(0, "a");
    long second = clock.take(0, "b");
    long third = clock.take(0, "c");

    assertThat(clock.withdraw(second)).isEqualTo("b");
    assertThat(clock.release(first)).isEqualTo("a");
    assertThat(clock.lowestInFlight()).isEqualTo(third);
    assertThat(clock.withdraw(third)).isEqualTo("c");
    assertThat(clock.take(0, "d")).isGreaterThan(third);
    assertThatThrownBy(() -> clock.withdraw(second)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void versionIsAboveWhatTheWriterHasSeen() {
    long seen = Version.atMillis(now + 3_500);

    assertThat(clock.take(seen, "a")).isGreaterThan(seen);
    assertThat(clock.ignored()).isZero();
  }

  /// All partitions of a store that was restored, or has failed over, begin where nobody has been.
  @Test
  void versionIsAboveWhatWasSeenInAnIncarnationThatBeganAheadOfTime() {
    long floor = Version.atMillis(now + 4_000);
    var ahead = new VersionClock<String>(5, floor, 0, time);
    long seen = new VersionClock<String>(6, floor, 0, time).take(0, "a");

    assertThat(ahead.take(seen, "b")).isGreaterThan(seen);
    assertThat(ahead.take(floor + Version.atMillis(3_501), "c"))
        .isLessThan(Version.atMillis(now + 4_100));
    assertThat(ahead.ignored()).isEqualTo(1);
  }

  @Test
  void writerWhoClaimsToHaveSeenTheFutureIsIgnoredAndCounted() {
    long version = clock.take(Version.atMillis(now + 3_501), "a");

    assertThat(Version.millis(version)).isEqualTo(now);
    assertThat(clock.ignored()).isEqualTo(1);
  }

  @Test
  void firstVersionIsAboveCeilingAndFloor() {
    long ceiling = Version.atMillis(now + 3_000);

    assertThat(new VersionClock<String>(0, 7, ceiling, time).take(0, "a")).isGreaterThan(ceiling);
    assertThat(new VersionClock<String>(0, ceiling, 7, time).take(0, "a")).isGreaterThan(ceiling);
  }

  @Test
  void promiseIsNotGivenAboveTheCeiling() {
    long ceiling = Version.atMillis(now + 100);
    clock.raise(ceiling);

    assertThat(clock.promise(Version.atMillis(now + 200))).isEqualTo(ceiling);
    assertThat(clock.promise(Version.atMillis(now + 50))).isEqualTo(Version.atMillis(now + 50));
  }

  @Test
  void nothingIsTakenAtOrBelowAPromise() {
    clock.raise(Version.atMillis(now + 100));
    long promised = clock.promise(Version.atMillis(now + 100));

    assertThat(clock.take(0, "a")).isGreaterThan(promised);
  }

  @Test
  void ceilingIsThreeSecondsAheadOrASmallStepFurther() {
    assertThat(clock.nextCeiling()).isEqualTo(Version.atMillis(now + 3_000));

    clock.raise(Version.atMillis(now + 3_000));

    assertThat(clock.nextCeiling()).isEqualTo(Version.atMillis(now + 3_064));
  }

  @Test
  void nobodyTakesAVersionAfterTheEnd() {
    long taken = clock.take(0, "a");

    assertThat(clock.close()).containsExactly(new VersionClock.InFlight<>(taken, "a"));
    assertThat(clock.take(0, "b")).isEqualTo(Version.NONE);
  }

  @Test
  void versionsAreReleasedInOrder() {
    long first = clock.take(0, "a");
    long second = clock.take(0, "b");

    assertThatThrownBy(() -> clock.release(second)).isInstanceOf(IllegalStateException.class);
    assertThat(clock.lowestInFlight()).isEqualTo(first);
  }
}

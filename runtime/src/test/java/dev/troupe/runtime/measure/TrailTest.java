package dev.troupe.runtime.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.Version;
import dev.troupe.runtime.measure.Trail.Behind;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// How far somebody is behind what has gone by.
class TrailTest {

  private final Trail trail = new Trail();

  private void add(long first, long last) {
    LongStream.rangeClosed(first, last).forEach(trail::add);
  }

  @Test
  void nobodyIsBehindNothing() {
    assertThat(trail.behind(0)).isEqualTo(Behind.NOTHING);
  }

  @Test
  void whoeverHasComeToAChangeLacksThoseAfterIt() {
    add(11, 60);

    assertThat(trail.behind(60)).isEqualTo(Behind.NOTHING);
    assertThat(trail.behind(57)).isEqualTo(new Behind(3, 58));
    assertThat(trail.behind(3)).isEqualTo(new Behind(50, 11));
  }

  @Test
  void onlyTheLastAreRemembered() {
    add(1, 3_000);

    assertThat(trail.behind(2_990)).isEqualTo(new Behind(10, 2_991));
    assertThat(trail.behind(3)).isEqualTo(new Behind(Trail.MOST, 3_001 - Trail.MOST));
  }

  @Test
  void ageIsThatOfTheOldest() {
    var behind = new Behind(2, Version.atMillis(5_000));

    assertThat(behind.millis(5_700)).isEqualTo(700);
    assertThat(behind.millis(4_900)).as("by a clock that is behind").isZero();
    assertThat(Behind.NOTHING.millis(5_700)).isZero();
  }

  @Test
  void severalAreBehindByWhatAllOfThemLack() {
    var one = new Behind(2, 7);
    var other = new Behind(3, 5);

    assertThat(one.and(other)).isEqualTo(new Behind(5, 5));
    assertThat(one.and(Behind.NOTHING)).isEqualTo(one);
    assertThat(Behind.NOTHING.and(one)).isEqualTo(one);
  }
}

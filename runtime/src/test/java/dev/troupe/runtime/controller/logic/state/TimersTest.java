package dev.troupe.runtime.controller.logic.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.controller.Plan;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// When a timer fires that is set at noon.
class TimersTest {

  private static final long NOON = 1_000_000;

  @ParameterizedTest(name = "{0} ms, {1} times in vain: {2} ms")
  @CsvSource({
    // after, in vain, fires after
    "         0,    0,      0",
    "    -70000,    0,      0",
    "       700,    0,    700",
    "         0,    1,    100",
    "         0,    2,    200",
    "       700,    2,    700",
    "       700,    4,    800",
    "         0,   12, 204800",
    "         0,   13, 300000",
    "         0, 9999, 300000",
    // whoever looks again at a sensible pace keeps it
    "      1000,   13,   1000",
    "     10000, 9999,  10000",
  })
  void firesWhenItShallButLaterAndLaterForNothing(long after, int inVain, long fires) {
    assertThat(due(Duration.ofMillis(after), inVain)).isEqualTo(NOON + fires);
  }

  @Test
  void noMomentIsTooFarAway() {
    assertThat(due(Duration.ofSeconds(2_147_483_646), 0)).isEqualTo(NOON + 2_147_483_646_000L);
    assertThat(due(Duration.ofMillis(Long.MAX_VALUE), 0)).isEqualTo(Long.MAX_VALUE);
    assertThat(due(Duration.ofSeconds(Long.MAX_VALUE), 0)).isEqualTo(Long.MAX_VALUE);
    assertThat(due(Duration.ofSeconds(Long.MIN_VALUE), 0)).isEqualTo(NOON);
  }

  @Test
  void oneThatRunsGoesOn() {
    var plan = Plan.nothing().timer("t", Duration.ZERO);
    assertThat(Timers.next(Map.of("t", 7L), plan, 3, NOON)).containsEntry("t", 7L);
    assertThat(Timers.setsSoon(Map.of("t", 7L), plan)).isFalse();
    assertThat(Timers.setsSoon(Map.of(), plan)).isTrue();
  }

  private static long due(Duration after, int inVain) {
    var plan = Plan.nothing().timer("t", after);
    return Timers.next(Map.of(), plan, inVain, NOON).getOrDefault("t", -1L);
  }
}

package dev.troupe.runtime.controller.logic.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How many may pass in a second.
class TurnsTest {

  @Test
  void withoutALimitNobodyWaits() {
    var turns = new Turns<Integer>(0);

    for (int i = 0; i < 10_000; i++) {
      assertThat(turns.mayPass(i, 0)).isTrue();
    }
    assertThat(turns.next(0)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void oneSecondsWorthPassesAtOnceAndTheRestInOrderAtThePace() {
    var turns = new Turns<Integer>(10);
    int passed = 0;
    for (int i = 0; i < 30; i++) {
      passed += turns.mayPass(i, 5_000) ? 1 : 0;
    }
    assertThat(passed).isEqualTo(10);

    var taken = new ArrayList<Integer>();
    long now = 5_000;
    while (turns.next(now) != Long.MAX_VALUE) {
      now = turns.next(now);
      taken.addAll(turns.taken(now, 100));
    }

    assertThat(taken).hasSize(20).isSorted().first().isEqualTo(10);
    assertThat(now).isBetween(6_900L, 7_100L);
  }

  @Test
  void whoeverComesWhileOthersWaitWaitsBehindThem() {
    var turns = new Turns<String>(1);

    assertThat(turns.mayPass("a", 0)).isTrue();
    assertThat(turns.mayPass("b", 0)).isFalse();
    assertThat(turns.mayPass("c", 2_000)).isFalse();
    assertThat(turns.taken(2_000, 100)).isEqualTo(List.of("b"));
  }

  @Test
  void oneInSeveralSecondsIsPossible() {
    var turns = new Turns<String>(0.1);

    assertThat(turns.mayPass("a", 0)).isTrue();
    assertThat(turns.mayPass("b", 0)).isFalse();
    assertThat(turns.next(0)).isEqualTo(10_000);
  }
}

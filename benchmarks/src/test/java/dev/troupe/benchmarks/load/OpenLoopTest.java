package dev.troupe.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class OpenLoopTest {

  @Test
  void deedsAreDueAtFixedMomentsHoweverLongOneTakes() {
    var due = new ArrayList<Long>();

    OpenLoop.run(
        5,
        1_000,
        (number, moment) -> {
          due.add(moment);
          if (number == 0) {
            spin(moment + 10_000_000);
          }
        });

    for (int number = 0; number < 5; number++) {
      assertThat(due.get(number) - due.getFirst()).isEqualTo(number * 1_000_000L);
    }
  }

  private static void spin(long until) {
    while (System.nanoTime() < until) {
      Thread.onSpinWait();
    }
  }
}

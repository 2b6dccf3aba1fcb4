package dev.troupe.apiserver.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BugLogTest {

  private static final long MINUTE = 60_000_000_000L;

  @Test
  void howeverOftenABugIsMetTenLinesAMinuteAreWritten() {
    var bugs = new BugLog(() -> "id");
    long now = System.nanoTime();

    for (int minute = 1; minute < 4; minute++) {
      long then = now + 2L * minute * MINUTE;
      assertThat(IntStream.range(0, 1_000).filter(i -> bugs.mayLog(then + i)).count())
          .isEqualTo(10);
    }
  }
}

package dev.troupe.runtime.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A place in a trace is the same at another member, and nothing else is taken for one.
class TraceContextTest {

  private static final int ROUNDS = 10_000;
  private static final int LONGEST = 64;

  @Test
  void whateverIsWrittenIsRead() {
    var random = new Random(1);
    for (int round = 0; round < ROUNDS; round++) {
      var context =
          new TraceContext(random.nextLong(), random.nextLong() | 1, random.nextLong() | 1);

      assertThat(context.bytes()).hasSize(24);
      assertThat(TraceContext.of(context.bytes())).isEqualTo(context);
    }
  }

  /// Bytes that are taken for one are just those of one.
  @Test
  void anyBytesAreOneOrRefused() {
    var random = new Random(2);
    for (int round = 0; round < ROUNDS; round++) {
      var bytes = new byte[random.nextInt(LONGEST)];
      if (random.nextBoolean()) {
        random.nextBytes(bytes);
      }
      try {
        assertThat(TraceContext.of(bytes).bytes()).isEqualTo(bytes);
      } catch (IllegalArgumentException refused) {
        assertThat(refused).hasMessageMatching(".* 24|no trace and no span has the id 0");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 1", "1, 0, 0", "0, 1, 0", "0, 0, 0"})
  void nothingIsCalledZero(long high, long low, long span) {
    assertThatThrownBy(() -> new TraceContext(high, low, span))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /// Half of an id may be 0.
  @ParameterizedTest
  @CsvSource({"0, 1, 1", "1, 0, 1", "-1, -1, -1"})
  void everythingElseMayBe(long high, long low, long span) {
    assertThat(new TraceContext(high, low, span).low()).isEqualTo(low);
  }
}

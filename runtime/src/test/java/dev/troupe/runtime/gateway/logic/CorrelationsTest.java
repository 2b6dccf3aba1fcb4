package dev.troupe.runtime.gateway.logic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.runtime.lease.MemberId;
import org.junit.jupiter.api.Test;

class CorrelationsTest {

  private static final MemberId A = new MemberId("10.0.0.1:7355", 11);
  private static final MemberId B = new MemberId("10.0.0.2:7355", 12);

  private final Correlations<String> waiting = new Correlations<>(40);

  @Test
  void whoeverWaitsIsFoundOnce() {
    long first = waiting.begin(A, 100, "first");
    long second = waiting.begin(A, 100, "second");

    assertThat(waiting.end(A, second)).contains("second");
    assertThat(waiting.end(A, second)).isEmpty();
    assertThat(waiting.end(A, first)).contains("first");
    assertThat(waiting.size()).isZero();
  }

  @Test
  void onlyTheMemberThatWasAskedAnswers() {
    long asked = waiting.begin(A, 100, "asked");

    assertThat(waiting.end(B, asked)).isEmpty();
    assertThat(waiting.end(new MemberId(A.address(), 99), asked)).isEmpty();
    assertThat(waiting.end(A, asked)).contains("asked");
  }

  @Test
  void noneWaitsForAMemberThatIsGone() {
    long ofA = waiting.begin(A, 100, "of A");
    long ofB = waiting.begin(B, 100, "of B");

    assertThat(waiting.gone(A)).containsExactly("of A");

    assertThat(waiting.end(A, ofA)).isEmpty();
    assertThat(waiting.end(B, ofB)).contains("of B");
  }

  @Test
  void noneWaitsForEver() {
    waiting.begin(A, 100, "impatient");
    long patient = waiting.begin(A, 200, "patient");

    assertThat(waiting.late(100)).isEmpty();
    assertThat(waiting.late(101)).containsExactly("impatient");
    assertThat(waiting.end(A, patient)).contains("patient");
  }

  /// 0 says that nobody waits.
  @Test
  void nobodyWaitsForZero() {
    assertThat(new Correlations<String>(-1).begin(A, 0, "first")).isNotZero();
  }
}

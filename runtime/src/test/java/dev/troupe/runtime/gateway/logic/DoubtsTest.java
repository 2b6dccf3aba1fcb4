package dev.troupe.runtime.gateway.logic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.runtime.lease.MemberId;
import org.junit.jupiter.api.Test;

class DoubtsTest {

  private static final MemberId A = new MemberId("a", 1);
  private static final MemberId B = new MemberId("b", 2);

  private final Doubts doubts = new Doubts();

  @Test
  void doubtIsOldWhenItHasLasted() {
    assertThat(doubts.isOld(A, 10_000)).isFalse();
    assertThat(doubts.isOld(A, 12_999)).isFalse();
    assertThat(doubts.isOld(B, 13_000)).isFalse();
    assertThat(doubts.isOld(A, 13_000)).isTrue();
  }

  @Test
  void doubtThatWasOverBeginsAnew() {
    assertThat(doubts.isOld(A, 0)).isFalse();
    doubts.end(A);

    assertThat(doubts.isOld(A, 3_500)).isFalse();
    assertThat(doubts.isOld(A, 6_500)).isTrue();
  }

  /// Whoever comes in ever new lives is not remembered for ever.
  @Test
  void oldestIsForgottenWhenThereAreTooMany() {
    assertThat(doubts.isOld(A, 0)).isFalse();
    for (int life = 0; life < 100; life++) {
      doubts.isOld(new MemberId("c", life), 1);
    }

    assertThat(doubts.isOld(A, 5_000)).isFalse();
  }
}

package dev.troupe.apiserver.share;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a request has of the server, and when it gives it back.
class HoldingTest {

  private final Gate reads = new Gate(1);
  private final Gate bodies = new Gate(100L, 0);
  private final Gate answers = new Gate(100L, 10);
  private final Shares shares =
      new Shares(new Gate(1), reads, new Gate(1), new Gate(1), bodies, answers);
  private final Holding holding = new Holding(shares, Runnable::run);
  private final List<String> done = new ArrayList<>();

  @Test
  void whoWaitsForRoomHoldsNoPlace() {
    answers.enter(60);
    holding.place(reads, "ann", () -> done.add("read")).take();
    assertThat(reads.inside()).isEqualTo(1);

    var sending = holding.answer(60, "ann", () -> done.add("sent"));
    assertThat(sending.take()).isEqualTo(Gate.Admittance.WAITING);

    assertThat(reads.inside()).isZero();
    answers.leave(60);
    assertThat(done).containsExactly("read", "sent");
    assertThat(answers.inside()).isEqualTo(60);
    holding.end();
    assertThat(answers.inside()).isZero();
  }

  @Test
  void everythingIsGivenBackOnce() {
    assertThat(holding.enterUnknown()).isTrue();
    assertThat(holding.takeBody(70)).isTrue();
    assertThat(holding.takeBody(40)).isFalse();
    holding.place(reads, "ann", () -> {}).take();

    holding.answered();
    assertThat(reads.inside()).isZero();
    assertThat(bodies.inside()).isZero();
    assertThat(shares.unknown().inside()).isEqualTo(1);

    holding.end();
    holding.end();
    assertThat(shares.unknown().inside()).isZero();
  }
}

package dev.troupe.apiserver.share;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/// Who is inside, who waits, and whose turn it is.
class GateTest {

  private final Gate gate = new Gate(2);
  private final List<String> entered = new ArrayList<>();

  private Gate.Admittance come(String who, String what) {
    return gate.enter(who, 1, () -> entered.add(what));
  }

  @Test
  void soManyAreInsideAndTheOthersWait() {
    assertThat(come("ann", "a1")).isEqualTo(Gate.Admittance.INSIDE);
    assertThat(come("ann", "a2")).isEqualTo(Gate.Admittance.INSIDE);
    assertThat(come("ann", "a3")).isEqualTo(Gate.Admittance.WAITING);
    assertThat(gate.enter()).isFalse();
    assertThat(gate.inside()).isEqualTo(2);

    gate.leave();

    assertThat(entered).containsExactly("a3");
    assertThat(gate.inside()).isEqualTo(2);
    gate.leave();
    gate.leave();
    assertThat(gate.inside()).isZero();
  }

  @Test
  void callersTakeTurnsAndEachKeepsItsOrder() {
    come("ann", "a1");
    come("ann", "a2");
    for (String what : List.of("a3", "a4", "a5", "b1", "c1", "c2")) {
      come(what.substring(0, 1), what);
    }

    for (int i = 0; i < 6; i++) {
      gate.leave();
    }

    assertThat(entered).containsExactly("a3", "b1", "c1", "a4", "c2", "a5");
  }

  @Test
  void halfOfTheRoomIsOneCallersAndAllOfItEverybodys() {
    come("ann", "inside");
    come("ann", "inside");
    for (String who : List.of("ann", "bob")) {
      for (int i = 0; i < 10; i++) {
        assertThat(come(who, who)).isEqualTo(Gate.Admittance.WAITING);
      }
      assertThat(come(who, who)).isEqualTo(Gate.Admittance.REFUSED);
    }

    assertThat(come("cid", "cid")).isEqualTo(Gate.Admittance.REFUSED);
    gate.leave();
    assertThat(come("cid", "cid")).isEqualTo(Gate.Admittance.WAITING);
  }

  @Test
  void nobodyWaitsAtAGateThatLetsNobodyIn() {
    assertThat(new Gate(0).enter("ann", 1, () -> {})).isEqualTo(Gate.Admittance.REFUSED);
  }

  @Test
  void whatIsTooLargeYetHoldsUpNobodyAndEntersWhenThereIsRoom() {
    var bytes = new Gate(100L, 10);
    assertThat(bytes.enter("ann", 60, () -> {})).isEqualTo(Gate.Admittance.INSIDE);
    assertThat(bytes.enter("ann", 60, () -> entered.add("a60"))).isEqualTo(Gate.Admittance.WAITING);
    assertThat(bytes.enter("ann", 10, () -> {})).isEqualTo(Gate.Admittance.INSIDE);
    assertThat(bytes.enter("bob", 31, () -> entered.add("b31"))).isEqualTo(Gate.Admittance.WAITING);

    bytes.leave(10);
    assertThat(entered).containsExactly("b31");
    bytes.leave(60);

    assertThat(entered).containsExactly("b31", "a60");
    assertThat(bytes.inside()).isEqualTo(91);
  }

  @Test
  void whatIsLargerThanTheGateEntersAlone() {
    var bytes = new Gate(100L, 10);
    assertThat(bytes.enter("ann", 1, () -> {})).isEqualTo(Gate.Admittance.INSIDE);
    assertThat(bytes.enter("ann", Long.MAX_VALUE, () -> entered.add("all")))
        .isEqualTo(Gate.Admittance.WAITING);

    bytes.leave(1);

    assertThat(entered).containsExactly("all");
    assertThat(bytes.enter("ann", 1, () -> {})).isEqualTo(Gate.Admittance.WAITING);
    bytes.leave(Long.MAX_VALUE);
    assertThat(bytes.inside()).isEqualTo(1);
  }

  @Test
  void visitThatEndsWhileItWaitsIsNotTaken() {
    come("ann", "a1");
    come("ann", "a2");
    var visit = new Visit(gate, 1, "ann", Runnable::run, () -> entered.add("turn"));
    var over = new ArrayList<String>();
    assertThat(visit.take()).isEqualTo(Gate.Admittance.WAITING);
    visit.whenWaited(() -> over.add("over"));

    visit.end();
    gate.leave();

    assertThat(entered).isEmpty();
    assertThat(over).containsExactly("over");
    assertThat(gate.inside()).isEqualTo(1);
  }

  /// It has the place already when it ends, and learns of that later.
  @Test
  void visitThatEndsWhenItHasJustEnteredGivesThePlaceBack() {
    come("ann", "a1");
    come("ann", "a2");
    Queue<Runnable> thread = new ArrayDeque<>();
    var visit = new Visit(gate, 1, "ann", thread::add, () -> entered.add("turn"));
    visit.take();

    gate.leave();
    visit.end();
    thread.remove().run();

    assertThat(entered).isEmpty();
    assertThat(gate.inside()).isEqualTo(1);
  }

  @Test
  void visitLeavesOnce() {
    var visit = new Visit(gate, 1, "ann", Runnable::run, () -> entered.add("turn"));

    assertThat(visit.take()).isEqualTo(Gate.Admittance.INSIDE);
    visit.end();
    visit.end();

    assertThat(entered).containsExactly("turn");
    assertThat(gate.inside()).isZero();
  }
}

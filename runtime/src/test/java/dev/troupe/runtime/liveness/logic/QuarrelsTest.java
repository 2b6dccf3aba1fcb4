package dev.troupe.runtime.liveness.logic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.liveness.logic.Votes.Accusation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QuarrelsTest {

  private static final MemberId A = new MemberId("a", 1);
  private static final MemberId B = new MemberId("b", 2);
  private static final MemberId C = new MemberId("c", 3);
  private static final MemberId D = new MemberId("d", 4);
  private static final List<MemberId> ALL = List.of(A, B, C, D);

  private static Set<MemberId> losers(Set<MemberId> heard, Accusation... accusations) {
    return new Quarrels(Set.of(accusations)).losers(heard::contains);
  }

  private static Accusation says(MemberId by, MemberId victim) {
    return new Accusation(by, victim);
  }

  @Test
  void ofTwoThatAccuseEachOtherTheLastGoes() {
    assertThat(losers(Set.of(A, B), says(A, B), says(B, A))).containsExactly(B);
  }

  @Test
  void whoIsAccusedAndHearsGoes() {
    assertThat(losers(Set.of(A, B), says(B, A))).containsExactly(A);
  }

  @Test
  void whoGetsOnWithFewerGoesWhoeverAccuses() {
    assertThat(losers(Set.of(A, B, C), says(A, B), says(A, C))).containsExactly(A);
    assertThat(losers(Set.of(A, B, C), says(B, A), says(C, A))).containsExactly(A);
  }

  @Test
  void nobodyJudgesWhereItDoesNotHearBoth() {
    assertThat(losers(Set.of(A), says(A, B), says(B, A))).isEmpty();
    assertThat(losers(Set.of(A, C), says(A, B), says(C, B))).isEmpty();
  }

  /// Whatever the accusations among four are: two bystanders of a quarrel say the same of it.
  @Test
  void bystandersAgree() {
    var possible =
        ALL.stream()
            .flatMap(by -> ALL.stream().filter(x -> !x.equals(by)).map(x -> says(by, x)))
            .toList();
    for (int bits = 0; bits < 1 << possible.size(); bits++) {
      var accusations = new HashSet<Accusation>();
      for (int i = 0; i < possible.size(); i++) {
        if ((bits & 1 << i) != 0) {
          accusations.add(possible.get(i));
        }
      }
      var byAll = new Quarrels(accusations).losers(Set.copyOf(ALL)::contains);
      var byThree = new Quarrels(accusations).losers(Set.of(A, B, C)::contains);
      assertThat(byAll).containsAll(byThree);
    }
  }
}

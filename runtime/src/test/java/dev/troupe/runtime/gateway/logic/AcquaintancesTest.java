package dev.troupe.runtime.gateway.logic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.gateway.message.Introduction;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.wire.WireVersions;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What can be said to all, and given to whom.
class AcquaintancesTest {

  private static final TypeRef PODS = TypeRef.core("pods");
  private static final TypeRef NEWS = TypeRef.core("news");
  private static final MemberId B = new MemberId("b:1", 7);
  private static final MemberId C = new MemberId("c:1", 8);

  private final Acquaintances acquaintances = new Acquaintances(new WireVersions(2, 4));

  private static Introduction introduction(int lowest, int highest, TypeRef... types) {
    var counts = new HashMap<TypeRef, Integer>();
    for (var type : types) {
      counts.put(type, 1);
    }
    var wire = new WireVersions(lowest, highest);
    return new Introduction("1", wire, 0, 0, "", "", 0, 0, Map.copyOf(counts), 0, 0);
  }

  /// @param tables the latest version of the store's tables
  private static Introduction knowing(int tables) {
    var wire = new WireVersions(1, 4);
    return new Introduction("1", wire, tables, 0, "", "", 0, 0, Map.of(), 0, 0);
  }

  @Test
  void whoeverIsAloneSpeaksTheNewest() {
    assertThat(acquaintances.spoken()).isEqualTo(4);
  }

  @Test
  void lastOldMemberThatGoesLetsTheOthersSpeakANewerLanguage() {
    acquaintances.came(B, introduction(1, 3));
    acquaintances.came(C, introduction(1, 2));
    assertThat(acquaintances.spoken()).isEqualTo(2);

    acquaintances.went(C);
    assertThat(acquaintances.spoken()).isEqualTo(3);

    acquaintances.went(B);
    assertThat(acquaintances.spoken()).isEqualTo(4);
  }

  @Test
  void newerMembersAreSpokenToAsThisOneUnderstands() {
    acquaintances.came(B, introduction(3, 9));

    assertThat(acquaintances.spoken()).isEqualTo(4);
  }

  /// Whoever does not know the tables cannot start any more.
  @Test
  void tablesAreThoseThatAllKnowAndNoneWhileSomebodyHasNotSaid() {
    acquaintances.expect(B);
    assertThat(acquaintances.tables(7, Set.of())).isZero();

    acquaintances.came(B, knowing(6));
    assertThat(acquaintances.tables(7, Set.of())).isEqualTo(6);
    assertThat(acquaintances.tables(5, Set.of())).isEqualTo(5);

    assertThat(acquaintances.tables(7, Set.of(B))).isEqualTo(6);
    assertThat(acquaintances.tables(7, Set.of(B, C))).isZero();

    acquaintances.expect(C);
    acquaintances.expect(B);
    assertThat(acquaintances.tables(7, Set.of())).isZero();

    acquaintances.went(C);
    acquaintances.went(B);
    assertThat(acquaintances.tables(7, Set.of())).isEqualTo(7);
  }

  @Test
  void nobodyIsGivenWhatHeHasNotSaidThatHeKnows() {
    acquaintances.came(B, introduction(1, 4, PODS, NEWS));
    acquaintances.came(C, introduction(1, 4, PODS));

    assertThat(acquaintances.announces("b:1", NEWS)).isTrue();
    assertThat(acquaintances.announces("c:1", NEWS)).isFalse();
    assertThat(acquaintances.announces("c:1", PODS)).isTrue();
    assertThat(acquaintances.announces("d:1", PODS)).isFalse();

    acquaintances.went(B);
    assertThat(acquaintances.announces("b:1", NEWS)).isFalse();
  }

  @Test
  void whoDepartsIsKnownUntilItIsGoneAndNobodyStaysWithIt() {
    acquaintances.came(B, introduction(1, 4));
    acquaintances.came(C, introduction(1, 4));
    acquaintances.departs(B);
    assertThat(acquaintances.isDeparting("b:1")).isTrue();
    assertThat(acquaintances.isDeparting("c:1")).isFalse();
    assertThat(acquaintances.isAnybodyStaying()).isTrue();

    acquaintances.departs(C);
    assertThat(acquaintances.isAnybodyStaying()).isFalse();

    acquaintances.went(B);
    assertThat(acquaintances.isDeparting("b:1")).isFalse();
    assertThat(acquaintances.isLeaving()).isFalse();
    acquaintances.leave();
    assertThat(acquaintances.isLeaving()).isTrue();
  }
}

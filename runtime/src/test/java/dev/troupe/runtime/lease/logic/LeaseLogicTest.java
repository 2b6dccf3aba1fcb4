package dev.troupe.runtime.lease.logic;

import static dev.troupe.runtime.lease.logic.LeaseTable.A;
import static dev.troupe.runtime.lease.logic.LeaseTable.B;
import static dev.troupe.runtime.lease.logic.LeaseTable.C;
import static dev.troupe.runtime.lease.logic.LeaseTable.D;
import static dev.troupe.runtime.lease.logic.LeaseTable.E;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.runtime.lease.LeaseSettings;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.lease.Roll;
import dev.troupe.runtime.lease.TwoClocks;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LeaseLogicTest {

  private static final long TICKET = 1;

  @Test
  void majorityGrantsALease() {
    var table = new LeaseTable(A, B, C);
    table.cutBoth(A, B);
    table.pass(2_000);

    assertThat(table.at(A).reads()).isTrue();
    assertThat(table.at(B).reads()).isTrue();
    assertThat(table.at(C).reads()).isTrue();
  }

  @Test
  void whoIsAloneInItsHalfHasNoLeaseAfterASecond() {
    var table = new LeaseTable(A, B, C);
    isolate(table, A, B, C);
    table.pass(900);
    assertThat(table.at(A).reads()).isTrue();

    table.pass(100);

    assertThat(table.at(A).reads()).isFalse();
    assertThat(table.at(B).reads()).isTrue();
  }

  @Test
  void leaseCountsFromWhenItWasAskedFor() {
    var table = new LeaseTable(A, B, C);
    isolate(table, A, B, C);
    table.pass(1_100);

    // An answer to what was asked 800 ms ago.
    table.tell(A, granted(table, A, B, 8));
    table.pass(100);
    assertThat(table.at(A).reads()).isTrue();

    table.pass(100);
    assertThat(table.at(A).reads()).isFalse();
  }

  /// Whoever starts next need not wait until nobody reads any more.
  @Test
  void lastMemberThatGoesEndsItsCluster() {
    var table = new LeaseTable(A);

    table.tell(A, new LeaseMessage.Conclude());

    assertThat(table.at(A).concluded).isTrue();
    assertThat(table.at(A).stopped).isNull();
    assertThat(table.roll().members()).isEmpty();
  }

  @Test
  void memberThatGoesBeforeOthersLeavesThemTheRoll() {
    var table = new LeaseTable(A, B);

    table.tell(A, new LeaseMessage.Conclude());
    table.pass(1_000);

    assertThat(table.at(A).concluded).isTrue();
    assertThat(table.at(A).stopped).isNull();
    assertThat(table.roll().members()).containsExactly(B);
    assertThat(table.at(B).reads()).isTrue();
  }

  /// Each leaves the roll to those that are still in it, and nobody is left who would keep the next
  /// start waiting.
  @Test
  void membersThatGoAtOnceEndTheirCluster() {
    var table = new LeaseTable(A, B, C);

    table.tell(A, new LeaseMessage.Conclude());
    table.tell(B, new LeaseMessage.Conclude());
    table.tell(C, new LeaseMessage.Conclude());
    table.pass(400);

    assertThat(table.roll().members()).isEmpty();
    assertThat(List.of(table.at(A), table.at(B), table.at(C)))
        .allSatisfy(seat -> assertThat(seat.concluded).isTrue());
  }

  /// Whoever is lost may still be reading: it is struck first, so that the roll ends that it is in.
  @Test
  void whoGoesBesideAMemberThatIsLostDoesNotEndTheClusterInOneStep() {
    var table = new LeaseTable(A, B);
    table.cutBoth(A, B);
    table.at(A).away = true;
    table.tell(A, new LeaseMessage.Wanted(7, Set.of(A)));
    table.tell(A, new LeaseMessage.Conclude());

    table.at(A).away = false;
    table.pass(2_000);

    assertThat(table.at(A).changes.stream().map(Roll::members))
        .containsExactly(Set.of(A), Set.of(A), Set.of());
    assertThat(table.at(A).concluded).isTrue();
  }

  /// A copy of the database, or one of before, knows nothing of what the others have written since.
  @Test
  void whoseStoreDoesNotKnowWhatOthersActByEnds() {
    var table = new LeaseTable(A, B, C);

    table.tell(A, new LeaseMessage.Received(B, new LeaseLetter.Denied(99, 9)));
    assertThat(table.at(A).stopped).isNull();
    table.pass(1_200);

    assertThat(table.at(A).stopped)
        .contains("its store shows roll 7, and other members acted by roll 9 before");
    assertThat(table.at(A).astray).isTrue();
  }

  /// What was written is shown by whatever is asked afterwards, not by what was asked before.
  @Test
  void answerOfTheStoreThatWasAskedForBeforeProvesNothing() {
    var table = new LeaseTable(A, B, C);
    table.at(A).late = true;
    table.pass(1_200);
    table.tell(A, new LeaseMessage.Received(B, new LeaseLetter.Denied(99, 9)));
    table.at(A).late = false;

    table.answerLate(A);

    assertThat(table.at(A).stopped).isNull();
  }

  /// A letter goes to an address.
  @Test
  void grantForAFormerLifeIsNoneForThisOne() {
    var former = new MemberId("a", 1);
    var table = new LeaseTable(A, B, C);
    var life = new MemberId("a", 77);
    var logic = new LeaseLogic(life, LeaseSettings.DEFAULT);
    var roll = new Roll(8, Set.of(life, B, C), Set.of(A, B, C));
    var clocks = table.at(A).clocks();
    logic.on(new LeaseMessage.RollWritten(roll), clocks);
    logic.on(new LeaseMessage.Tick(), clocks).clear();

    for (int round = 0; round < 10_000; round++) {
      long asked = LeaseLogic.firstRound(former) + round;
      logic.on(
          new LeaseMessage.Received(B, new LeaseLetter.Granted(asked, 8, clocks.wallMillis(), 0)),
          clocks);
    }
    logic.on(new LeaseMessage.Beaten(1, roll), clocks);

    assertThat(logic.on(new LeaseMessage.Look(), clocks))
        .noneMatch(LeaseEffect.Publish.class::isInstance);
  }

  private static LeaseMessage granted(LeaseTable table, MemberId to, MemberId by, int round) {
    long asked = LeaseLogic.firstRound(to) + round - 1;
    long wall = table.at(to).wall;
    return new LeaseMessage.Received(by, new LeaseLetter.Granted(asked, 7, wall, wall));
  }

  /// As that of those whose wall clocks have been ahead together, beside one who has just started.
  @Test
  void clockOfVersionsFollowsThatOfAMemberWhoseWallClockIsNear() {
    var table = new LeaseTable(A, B, C);
    var clocks = table.at(A).clocks();
    long ahead = clocks.versionMillis() + 30_000;

    assertThat(followed(clocks, clocks.wallMillis(), ahead))
        .containsExactly(new LeaseEffect.Follow(ahead));
    assertThat(followed(clocks, clocks.wallMillis(), clocks.versionMillis() + 200)).isEmpty();
    assertThat(followed(clocks, clocks.wallMillis() + 30_000, ahead)).isEmpty();
  }

  /// What A follows when B grants it a lease with these clocks.
  private static List<LeaseEffect> followed(TwoClocks now, long wallMillis, long versionMillis) {
    var logic = new LeaseLogic(A, LeaseSettings.DEFAULT);
    logic.on(new LeaseMessage.RollWritten(new Roll(7, Set.of(A, B, C), Set.of(A, B, C))), now);
    logic.on(new LeaseMessage.Tick(), now).clear();
    var granted = new LeaseLetter.Granted(LeaseLogic.firstRound(A), 7, wallMillis, versionMillis);
    return logic.on(new LeaseMessage.Received(B, granted), now).stream()
        .filter(LeaseEffect.Follow.class::isInstance)
        .toList();
  }

  /// A member that was struck may still read by a lease of before.
  @Test
  void clusterEndsOnlyWhenTheRollBeforeIsOver() {
    var table = new LeaseTable(A, B, C);
    table.cutBoth(A, B);
    table.cutBoth(A, C);
    table.write(A);
    table.tell(A, new LeaseMessage.RollWritten(table.roll()));

    table.tell(A, new LeaseMessage.Conclude());
    table.pass(1_000);
    assertThat(table.at(A).concluded).isFalse();

    table.pass(LeaseSettings.DEFAULT.silenceIsOver().toMillis());
    assertThat(table.at(A).concluded).isTrue();
  }

  @Test
  void answersOfStrangersDoNotCount() {
    var table = new LeaseTable(A, B, C);
    isolate(table, A, B, C);
    table.pass(1_500);

    for (int round = 1; round < 50; round++) {
      table.tell(A, granted(table, A, D, round));
    }

    assertThat(table.at(A).reads()).isFalse();
  }

  /// The machine was paused, and with it the steady clock.
  @Test
  void pausedClockEndsTheLease() {
    var table = new LeaseTable(A, B, C);

    table.at(A).wall += 1_000;

    assertThat(table.at(A).reads()).isFalse();
  }

  @Test
  void wallClockThatIsSetBackMakesNoLeaseLonger() {
    var table = new LeaseTable(A, B, C);

    table.at(A).wall -= 60_000;
    table.at(A).steady += 1_000;

    assertThat(table.at(A).reads()).isFalse();
  }

  @Test
  void memberThatVotedDownGrantsNothing() {
    var table = new LeaseTable(A, B, C);
    table.cutBoth(A, B);
    table.pass(1_000);
    assertThat(table.at(A).reads()).isTrue();

    table.tell(C, new LeaseMessage.Distrusted(Set.of(A)));
    table.pass(1_000);
    assertThat(table.at(A).reads()).isFalse();

    table.tell(C, new LeaseMessage.Distrusted(Set.of()));
    table.pass(200);
    assertThat(table.at(A).reads()).isTrue();
  }

  @Test
  void withoutTheStoreNobodyReadsForLongerThanS() {
    var table = new LeaseTable(A, B, C);
    for (var member : Set.of(A, B, C)) {
      table.at(member).away = true;
    }
    table.pass(9_000);
    assertThat(table.at(A).reads()).isTrue();

    table.pass(1_000);

    assertThat(table.at(A).reads()).isFalse();
    assertThat(table.at(B).reads()).isFalse();
  }

  @Test
  void clockThatIsTooFarAwayGrantsNothing() {
    var table = new LeaseTable(A, B, C);
    table.at(B).wall += 400;
    table.cutBoth(A, C);
    table.pass(1_100);

    assertThat(table.at(A).reads()).isFalse();
    assertThat(table.at(C).reads()).isFalse();
    assertThat(table.at(A).reports)
        .containsExactly(
            "the clock of b#2 is about 400 ms ahead of this member's; 250 ms are permitted:"
                + " synchronise both");
  }

  // Ties

  @Test
  void storeDecidesATie() {
    var table = new LeaseTable(A, B);
    table.cutBoth(A, B);
    table.pass(1_500);
    assertThat(table.at(A).reads()).isTrue();

    table.at(A).away = true;
    table.pass(1_000);

    assertThat(table.at(A).reads()).isFalse();
    assertThat(table.at(B).reads()).isTrue();
  }

  @Test
  void storeThatKnowsALaterRollDecidesNoTie() {
    var table = new LeaseTable(A, B);
    table.cutBoth(A, B);
    // A's answers are from the store as it was.
    table.write(B);
    table.pass(200);

    assertThat(table.at(A).stopped).contains("roll 8");
    assertThat(table.at(B).reads()).isTrue();
  }

  // Rolls

  @Test
  void whoActsByALaterRollGrantsNothingToWhoActsByAnOlder() {
    var table = new LeaseTable(A, B, C);
    table.at(A).away = true;
    // A hears of no roll, neither from the store nor from others, but its questions are heard.
    table.cut(B, A);
    table.cut(C, A);
    table.write(B, C);
    table.pass(1_000);
    table.heal();

    // From here on it would have a majority by what it knows.
    table.tell(A, new LeaseMessage.Received(B, new LeaseLetter.Denied(99, 7)));
    assertThat(table.at(A).reads()).isFalse();
    assertThat(table.at(A).stopped).isNull();

    table.pass(100);
    assertThat(table.at(A).stopped).isNotNull();
    assertThat(table.at(A).astray).isFalse();
  }

  @Test
  void newRollGoesRoundWithoutTheStore() {
    var table = new LeaseTable(A, B, C, D);
    table.at(B).away = true;
    table.at(C).away = true;
    table.at(D).away = true;
    table.tell(A, new LeaseMessage.Wanted(7, Set.of(A, B, C)));

    assertThat(table.roll().members()).isEqualTo(Set.of(A, B, C));
    assertThat(table.at(D).stopped).isNotNull();
    assertThat(table.at(B).reads()).isTrue();
  }

  @Test
  void wishForAnOlderRollIsForgotten() {
    var table = new LeaseTable(A, B, C);
    table.write(A, B, C, D);
    table.pass(1_000);

    table.tell(A, new LeaseMessage.Wanted(7, Set.of(A, B)));

    assertThat(table.at(A).changes).isEmpty();
  }

  /// Else three rolls would be in use at once, of which the first and the last may have majorities
  /// without a member in common.
  @Test
  void nextRollWaitsForTheEndOfTheOneBefore() {
    var table = new LeaseTable(A, B, C);
    // Only A knows of the new roll: B and C are a majority of the old one.
    isolate(table, A, B, C);
    table.at(B).away = true;
    table.at(C).away = true;
    table.write(A, B, C, D);
    table.pass(1_000);
    assertThat(table.at(B).reads()).isTrue();

    table.tell(A, new LeaseMessage.Wanted(8, Set.of(A, D)));
    table.pass(1_000);
    assertThat(table.at(A).changes).isEmpty();

    table.heal();
    table.pass(200);
    assertThat(table.roll()).isEqualTo(new Roll(9, Set.of(A, D), Set.of(A, B, C, D)));
  }

  @Test
  void rollThatNobodyAcknowledgesIsOverAfterTheSilenceOfTheStore() {
    var table = new LeaseTable(A, B, C);
    isolate(table, A, B, C);
    table.at(B).away = true;
    table.at(C).away = true;
    table.write(A);
    table.pass(1_000);
    table.tell(A, new LeaseMessage.AwaitGuard(TICKET, B));

    table.pass(8_500);
    assertThat(table.at(B).reads()).isTrue();
    assertThat(table.at(A).ready).isEmpty();

    table.pass(1_500);
    assertThat(table.at(B).reads()).isFalse();
    assertThat(table.at(A).ready).containsExactly(TICKET);
  }

  // Those who wait

  @Test
  void leaseThatIsWaitedForIsAskedForLater() {
    var table = new LeaseTable(A, B, C);
    isolate(table, A, B, C);
    assertThat(table.at(A).reads()).isTrue();

    table.tell(A, new LeaseMessage.AwaitLease(TICKET));
    assertThat(table.at(A).ready).isEmpty();

    table.heal();
    table.pass(100);
    assertThat(table.at(A).ready).containsExactly(TICKET);
  }

  @Test
  void guardIsOverALeaseAfterTheRollIs() {
    var table = new LeaseTable(A, B, C);
    isolate(table, A, B, C);
    table.at(A).away = true;
    table.pass(100);
    long last = table.at(B).steady;
    table.write(B, C);
    table.pass(400);
    table.tell(B, new LeaseMessage.AwaitGuard(TICKET, A));

    while (table.at(B).ready.isEmpty()) {
      table.pass(20);
    }

    assertThat(table.at(A).reads()).isFalse();
    assertThat(table.at(B).steady - last).isBetween(1_020L, 1_520L);
  }

  /// It answers to nobody, and yet it may read: its leases are another's business.
  @Test
  void guardIsNotOverWhileTheOwnerIsInTheRoll() {
    var table = new LeaseTable(A, B, C);
    table.cutBoth(A, B);

    table.tell(B, new LeaseMessage.AwaitGuard(TICKET, A));
    table.pass(20_000);

    assertThat(table.at(A).reads()).isTrue();
    assertThat(table.at(B).ready).isEmpty();
  }

  @Test
  void ownGuardIsOver() {
    var table = new LeaseTable(A, B, C);

    table.tell(B, new LeaseMessage.AwaitGuard(TICKET, B));

    assertThat(table.at(B).ready).containsExactly(TICKET);
  }

  /// Whoever served without a note was alone, and may be reading for as long as anybody may who has
  /// not heard of the store.
  @Test
  void guardAgainstWhoWasAloneIsOverAfterS() {
    var table = new LeaseTable(A, B, C);
    table.tell(B, new LeaseMessage.AwaitGuard(TICKET, null));

    // The table has been there for 0.4 s.
    table.pass(9_700);
    assertThat(table.at(B).ready).isEmpty();
    table.pass(200);

    assertThat(table.at(B).ready).containsExactly(TICKET);
  }

  /// The owner joined in a roll that the one who waits has not heard of: it looks like one that was
  /// struck long ago.
  @Test
  void ownerThatJoinedLatelyIsNotTakenForStruck() {
    var table = new LeaseTable(A, B, C);
    table.cutBoth(D, B);
    table.cutBoth(A, B);
    table.cutBoth(C, B);
    table.write(A, B, C, D);
    table.at(B).away = true;
    table.tell(D, new LeaseMessage.Tick());
    table.pass(800);
    assertThat(table.at(D).reads()).isTrue();

    // C would still grant to B, had it not heard of D.
    table.tell(B, new LeaseMessage.AwaitGuard(TICKET, D));
    for (int round = 1; round < 100; round++) {
      table.tell(B, granted(table, B, C, round));
    }
    assertThat(table.at(B).reads()).isTrue();
    assertThat(table.at(B).ready).isEmpty();

    table.at(B).away = false;
    table.heal();
    table.pass(3_000);
    assertThat(table.at(B).ready).isEmpty();
    assertThat(table.at(D).reads()).isTrue();
  }

  /// Two of five have voted, and leave; the others have not heard of it. By what A and B see, they
  /// are two of three.
  @Test
  void shrinkingClusterDoesNotSaveTheVictim() {
    var table = new LeaseTable(A, B, C, D, E);
    isolate(table, A, C, D, E);
    for (var member : Set.of(C, D, E)) {
      table.cutBoth(B, member);
    }
    table.at(A).away = true;
    table.at(B).away = true;
    table.tell(C, new LeaseMessage.Wanted(7, Set.of(B, C, D, E)));
    table.tell(C, new LeaseMessage.Wanted(8, Set.of(B, C)));
    assertThat(table.roll().number()).isEqualTo(9);

    table.tell(C, new LeaseMessage.AwaitGuard(TICKET, A));
    while (table.at(C).ready.isEmpty()) {
      table.pass(20);
      table.at(A).cover = table.at(A).reads() ? table.at(A).cover : null;
    }

    assertThat(table.at(A).reads()).isFalse();
    table.pass(1_000);
    assertThat(table.at(A).reads()).isFalse();
  }

  /// A knows five, B and C know three: what is a majority to these is none to A.
  @Test
  void memberThatJoinsDuringAVoteCannotSaveTheVictim() {
    var table = new LeaseTable(A, B, C);
    isolate(table, A, B, C);
    table.write(A, B, C, D);
    table.cutBoth(D, B);
    table.cutBoth(D, C);
    table.at(B).away = true;
    table.at(C).away = true;
    table.tell(D, new LeaseMessage.Tick());
    table.pass(500);

    // B and C want A out of the roll that they know; the store has a later one.
    table.at(B).away = false;
    table.tell(B, new LeaseMessage.Wanted(7, Set.of(B, C)));
    table.tell(B, new LeaseMessage.Wanted(8, Set.of(B, C, D)));
    table.tell(B, new LeaseMessage.AwaitGuard(TICKET, A));
    while (table.at(B).ready.isEmpty()) {
      table.pass(20);
    }

    assertThat(table.roll().members()).isEqualTo(Set.of(B, C, D));
    assertThat(table.at(A).reads()).isFalse();
  }

  private static void isolate(LeaseTable table, MemberId one, MemberId... others) {
    for (var other : others) {
      table.cutBoth(one, other);
    }
  }
}

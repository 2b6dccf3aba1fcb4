package dev.troupe.runtime.liveness.logic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.lease.Roll;
import dev.troupe.runtime.lease.TwoClocks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LivenessLogicTest {

  private static final MemberId A = new MemberId("a", 1);
  private static final MemberId B = new MemberId("b", 2);
  private static final MemberId C = new MemberId("c", 3);
  private static final MemberId D = new MemberId("d", 4);
  private static final MemberId E = new MemberId("e", 5);

  private final LivenessLogic logic = new LivenessLogic(B, Duration.ofSeconds(5));
  private final List<LivenessEffect> effects = new ArrayList<>();
  private long millis = 1_000;

  @Test
  void refusedIsAVoteAtOnce() {
    begin(A, B, C);
    tell(new LivenessMessage.Connected(A));

    tell(new LivenessMessage.Refused(A));

    assertThat(effects)
        .containsExactly(
            new LivenessEffect.Vote(A, LivenessEffect.Why.REFUSED),
            new LivenessEffect.Distrust(Set.of(A)));
  }

  /// Its port may not be open yet.
  @Test
  void refusalBeforeAnyConnectionMeansNothing() {
    begin(A, B, C);

    tell(new LivenessMessage.Refused(A));

    assertThat(effects).isEmpty();
  }

  /// However long the cluster goes on, and however many come and go.
  @Test
  void onlyTheLastOfThoseWhoWereStruckAreRemembered() {
    for (int life = 1; life <= 1_000; life++) {
      var other = new MemberId("other", life);
      tell(new LivenessMessage.Acting(new Roll(2L * life, Set.of(B, other), Set.of(B))));
      tell(new LivenessMessage.Acting(new Roll(2L * life + 1, Set.of(B), Set.of(B, other))));
    }
    effects.clear();

    var first = new MemberId("other", 1);
    var last = new MemberId("other", 1_000);
    tell(new LivenessMessage.Membership(Set.of(B, first, last)));

    assertThat(effects).containsExactly(new LivenessEffect.Remove(last));
  }

  @Test
  void voteIsRepeatedUntilTheMemberIsConnectedAgain() {
    begin(A, B, C);
    tell(new LivenessMessage.Connected(A));
    tell(new LivenessMessage.Refused(A));
    effects.clear();

    pass(100);
    assertThat(effects).containsExactly(new LivenessEffect.Vote(A, LivenessEffect.Why.REFUSED));

    effects.clear();
    tell(new LivenessMessage.Connected(A));
    pass(200);
    assertThat(effects).containsExactly(new LivenessEffect.Distrust(Set.of()));
  }

  @Test
  void silenceOfFiveSecondsIsAVote() {
    begin(A, B, C);
    hearFor(4_900, C);
    assertThat(effects).isEmpty();

    hearFor(200, C);

    assertThat(effects)
        .contains(
            new LivenessEffect.Vote(A, LivenessEffect.Why.SILENT),
            new LivenessEffect.Distrust(Set.of(A)))
        .doesNotContain(new LivenessEffect.Want(7, Set.of(B, C)));
  }

  @Test
  void whoHasSleptAccusesNobody() {
    begin(A, B, C);
    pass(100);

    millis += 20_000;
    pass(100);

    assertThat(effects).isEmpty();
  }

  @Test
  void twoOfThreeStrikeTheThird() {
    begin(A, B, C);
    tell(new LivenessMessage.Connected(A));
    tell(new LivenessMessage.Voted(C, A, LivenessEffect.Why.SILENT));
    assertThat(effects).isEmpty();

    tell(new LivenessMessage.Refused(A));

    assertThat(effects).contains(new LivenessEffect.Want(7, Set.of(B, C)));
  }

  @Test
  void voteThatIsNotRepeatedCountsForASecond() {
    begin(A, B, C);
    tell(new LivenessMessage.Connected(A));
    tell(new LivenessMessage.Voted(C, A, LivenessEffect.Why.SILENT));
    pass(1_100);

    tell(new LivenessMessage.Refused(A));

    assertThat(effects).doesNotContain(new LivenessEffect.Want(7, Set.of(B, C)));
  }

  @Test
  void voteOfAStrangerOrOfTheVictimDoesNotCount() {
    begin(A, B, C);
    tell(new LivenessMessage.Connected(A));
    tell(new LivenessMessage.Voted(D, A, LivenessEffect.Why.SILENT));
    tell(new LivenessMessage.Voted(A, A, LivenessEffect.Why.SILENT));

    tell(new LivenessMessage.Refused(A));

    assertThat(effects).doesNotContain(new LivenessEffect.Want(7, Set.of(B, C)));
  }

  /// Either of two asks the store to write the other out; which one is asked first, stays.
  @Test
  void freezeOfEitherOfTwoLeavesTheOther() {
    begin(A, B);
    pass(4_900);
    assertThat(effects).isEmpty();

    pass(200);

    assertThat(effects).contains(new LivenessEffect.Want(7, Set.of(B)));
  }

  @Test
  void halfCutDownsNobodyByVotes() {
    begin(A, B, C, D);
    for (int i = 0; i < 100; i++) {
      tell(new LivenessMessage.Heard(C));
      tell(new LivenessMessage.Voted(C, A, LivenessEffect.Why.SILENT));
      tell(new LivenessMessage.Voted(C, D, LivenessEffect.Why.SILENT));
      pass(100);
    }

    assertThat(effects).contains(new LivenessEffect.Distrust(Set.of(A, D)));
    assertThat(effects).noneMatch(LivenessEffect.Want.class::isInstance);
  }

  @Test
  void twoOfFiveThatDieTogetherAreStruckTogether() {
    begin(A, B, C, D, E);
    for (var victim : Set.of(A, E)) {
      tell(new LivenessMessage.Connected(victim));
      tell(new LivenessMessage.Voted(C, victim, LivenessEffect.Why.SILENT));
      tell(new LivenessMessage.Voted(D, victim, LivenessEffect.Why.SILENT));
    }
    tell(new LivenessMessage.Refused(A));
    tell(new LivenessMessage.Refused(E));

    assertThat(effects).endsWith(new LivenessEffect.Want(7, Set.of(B, C, D)));
  }

  @Test
  void whomTheClusterHasRemovedIsStruck() {
    begin(A, B, C);

    tell(new LivenessMessage.Membership(Set.of(B, C)));

    assertThat(effects)
        .contains(new LivenessEffect.Distrust(Set.of(A)), new LivenessEffect.Want(7, Set.of(B, C)));
  }

  /// It was removed before this member joined, and by members that are gone themselves.
  @Test
  void whomTheClusterDoesNotKnowIsStruckWhenItIsSilent() {
    tell(new LivenessMessage.Membership(Set.of(B, C)));
    tell(new LivenessMessage.Acting(new Roll(7, Set.of(A, B, C, D), Set.of(A, C, D))));
    hearFor(4_900, C);
    assertThat(effects).isEmpty();

    hearFor(200, C);

    assertThat(effects).contains(new LivenessEffect.Want(7, Set.of(B, C)));
  }

  @Test
  void whoIsStruckIsRemovedFromTheCluster() {
    begin(A, B, C);

    tell(new LivenessMessage.Acting(new Roll(8, Set.of(B, C), Set.of(A, B, C))));

    assertThat(effects).containsExactly(new LivenessEffect.Remove(A));
  }

  @Test
  void firstOfTheLivingWritesDownWhoComes() {
    begin(A, B, C);
    tell(new LivenessMessage.Membership(Set.of(A, B, C, D)));
    tell(new LivenessMessage.Connected(D));
    assertThat(effects).isEmpty();

    tell(new LivenessMessage.Connected(A));
    tell(new LivenessMessage.Refused(A));

    assertThat(effects).contains(new LivenessEffect.Want(7, Set.of(A, B, C, D)));
  }

  /// Nobody is in a minority: this member hears both.
  @Test
  void whereTwoDoNotHearEachOtherOneOfThemIsStruck() {
    begin(A, B, C);
    quarrelFor(1_900);
    assertThat(effects).isEmpty();

    quarrelFor(300);

    assertThat(effects)
        .contains(new LivenessEffect.Vote(C, LivenessEffect.Why.SILENT))
        .contains(new LivenessEffect.Want(7, Set.of(A, B)))
        .doesNotContain(new LivenessEffect.Vote(A, LivenessEffect.Why.SILENT))
        .noneMatch(LivenessEffect.Distrust.class::isInstance);
  }

  /// Its port may have been given to another process, and it is heard.
  @Test
  void oneThatIsRefusedByOneAloneIsNoQuarrel() {
    begin(A, B, C);
    for (int i = 0; i < 60; i++) {
      tell(new LivenessMessage.Voted(A, C, LivenessEffect.Why.REFUSED));
      hearFor(100, A, C);
    }

    assertThat(effects).isEmpty();
  }

  @Test
  void whoComesSoonAfterAStrikeIsWrittenDownIfNobodyObjects() {
    begin(B, C, D);
    hearFor(5_100, C);
    tell(new LivenessMessage.Acting(new Roll(8, Set.of(B, C), Set.of(B, C, D))));
    tell(new LivenessMessage.Membership(Set.of(B, C, E)));
    tell(new LivenessMessage.Connected(E));
    effects.clear();
    hearFor(1_900, C);
    assertThat(effects).noneMatch(LivenessEffect.Want.class::isInstance);

    hearFor(200, C);

    assertThat(effects).contains(new LivenessEffect.Want(8, Set.of(B, C, E)));
  }

  /// Nobody is out of reach of whoever has ended, or left.
  @Test
  void whoComesAfterSomebodyHasEndedIsWrittenDownAtOnce() {
    begin(B, C, D);
    tell(new LivenessMessage.Connected(D));
    tell(new LivenessMessage.Refused(D));
    tell(new LivenessMessage.Acting(new Roll(8, Set.of(B, C), Set.of(B, C, D))));
    tell(new LivenessMessage.Membership(Set.of(B, C, E)));
    tell(new LivenessMessage.Connected(E));

    assertThat(effects).contains(new LivenessEffect.Want(8, Set.of(B, C, E)));
  }

  @Test
  void whoIsObjectedToForLongIsSentAway() {
    begin(B, C, D);
    hearFor(5_100, C);
    tell(new LivenessMessage.Acting(new Roll(8, Set.of(B, C), Set.of(B, C, D))));
    tell(new LivenessMessage.Membership(Set.of(B, C, E)));
    tell(new LivenessMessage.Connected(E));
    effects.clear();
    for (int i = 0; i < 60; i++) {
      tell(new LivenessMessage.Voted(C, E, LivenessEffect.Why.SILENT));
      hearFor(100, C);
    }

    assertThat(effects).containsExactly(new LivenessEffect.Remove(E));
  }

  @Test
  void whoHasComeAndCannotBeReachedIsObjectedTo() {
    begin(A, B);
    tell(new LivenessMessage.Membership(Set.of(A, B, C)));
    hearFor(900, A);
    assertThat(effects).isEmpty();

    hearFor(100, A);
    assertThat(effects).containsExactly(new LivenessEffect.Vote(C, LivenessEffect.Why.SILENT));

    effects.clear();
    tell(new LivenessMessage.Connected(C));
    hearFor(100, A);
    assertThat(effects).isEmpty();
  }

  /// It would count when majorities are counted.
  @Test
  void whoHasNotBeenReachedIsNotWrittenDown() {
    begin(B, C);

    tell(new LivenessMessage.Membership(Set.of(B, C, D)));
    assertThat(effects).isEmpty();

    tell(new LivenessMessage.Connected(D));
    assertThat(effects).containsExactly(new LivenessEffect.Want(7, Set.of(B, C, D)));
  }

  /// The cluster may be late to learn of it.
  @Test
  void whoWasStruckIsNotWrittenDownAgain() {
    begin(A, B, C);
    tell(new LivenessMessage.Acting(new Roll(8, Set.of(B, C), Set.of(A, B, C))));
    effects.clear();

    tell(new LivenessMessage.Membership(Set.of(A, B, C, D)));
    tell(new LivenessMessage.Connected(A));
    tell(new LivenessMessage.Connected(D));

    assertThat(effects).contains(new LivenessEffect.Want(8, Set.of(B, C, D)));
  }

  private void begin(MemberId... members) {
    tell(new LivenessMessage.Membership(Set.of(members)));
    tell(new LivenessMessage.Acting(new Roll(7, Set.of(members), Set.of(members))));
    tell(new LivenessMessage.Tick());
    effects.clear();
  }

  private void quarrelFor(long time) {
    for (long left = time; left > 0; left -= 100) {
      tell(new LivenessMessage.Voted(A, C, LivenessEffect.Why.SILENT));
      tell(new LivenessMessage.Voted(C, A, LivenessEffect.Why.SILENT));
      hearFor(100, A, C);
    }
  }

  private void hearFor(long time, MemberId... heard) {
    for (long left = time; left > 0; left -= 100) {
      for (var member : heard) {
        tell(new LivenessMessage.Heard(member));
      }
      pass(100);
    }
  }

  private void pass(long time) {
    for (long left = time; left > 0; left -= 100) {
      millis += 100;
      tell(new LivenessMessage.Tick());
    }
  }

  private void tell(LivenessMessage message) {
    var queue = logic.on(message, new TwoClocks(millis, millis * 1_000_000));
    while (!queue.isEmpty()) {
      effects.add(queue.remove());
    }
  }
}

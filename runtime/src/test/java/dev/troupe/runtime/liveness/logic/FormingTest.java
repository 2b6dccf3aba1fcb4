package dev.troupe.runtime.liveness.logic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.runtime.lease.LeaseSettings;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.lease.Roll;
import dev.troupe.runtime.lease.TwoClocks;
import dev.troupe.runtime.liveness.logic.Forming.Step;
import dev.troupe.runtime.store.cluster.Standing;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FormingTest {

  private static final MemberId SELF = new MemberId("self", 1);
  private static final MemberId OTHER = new MemberId("other", 2);

  private final Forming forming = new Forming(SELF, LeaseSettings.DEFAULT);

  private Step shown(Roll roll, long beats, long millis) {
    return forming.on(new Standing(roll, 1, beats, false), at(millis));
  }

  /// Looks once a second.
  private Step watched(Roll roll, long beats, long from, long until) {
    for (long at = from; at < until; at += 1_000) {
      shown(roll, beats, at);
    }
    return shown(roll, beats, until);
  }

  private static TwoClocks at(long millis) {
    return new TwoClocks(0, TimeUnit.MILLISECONDS.toNanos(millis));
  }

  private static Roll roll(long number, MemberId... members) {
    return new Roll(number, Set.of(members), Set.of());
  }

  @Test
  void whereNoClusterIsOneIsFormedAtOnce() {
    var seen = new Standing(Roll.NONE, 0, 0, false);

    assertThat(forming.on(seen, at(0))).isEqualTo(new Step.Form(seen));
  }

  @Test
  void clusterThatHasEndedIsFollowedAtOnce() {
    assertThat(shown(roll(7), 5, 0)).isInstanceOf(Step.Form.class);
  }

  @Test
  void silenceCountsFromTheFirstLook() {
    assertThat(watched(roll(1, OTHER), 5, 60_000, 70_199)).isInstanceOf(Step.Wait.class);
    assertThat(shown(roll(1, OTHER), 5, 70_200)).isInstanceOf(Step.Form.class);
  }

  @Test
  void beatOfAMemberBeginsTheWaitAnew() {
    shown(roll(1, OTHER), 5, 0);

    assertThat(watched(roll(1, OTHER), 6, 10_000, 20_000)).isInstanceOf(Step.Wait.class);
    assertThat(shown(roll(1, OTHER), 6, 20_200)).isInstanceOf(Step.Form.class);
  }

  @Test
  void nextRollBeginsTheWaitAnew() {
    shown(roll(1, OTHER), 5, 0);

    assertThat(watched(roll(2, OTHER), 5, 10_000, 20_000)).isInstanceOf(Step.Wait.class);
  }

  /// While the store was away nobody could show himself.
  @Test
  void storeThatDoesNotAnswerBeginsTheWaitAnew() {
    watched(roll(1, OTHER), 5, 0, 9_000);

    assertThat(watched(roll(1, OTHER), 5, 60_000, 70_000)).isInstanceOf(Step.Wait.class);
    assertThat(shown(roll(1, OTHER), 5, 70_200)).isInstanceOf(Step.Form.class);
  }

  @Test
  void whoeverWaitsIsToldForWhom() {
    assertThat(watched(roll(1, OTHER), 5, 0, 3_000))
        .isInstanceOfSatisfying(
            Step.Wait.class,
            wait ->
                assertThat(wait.why())
                    .contains("a cluster of other#2", "nothing has been seen for 3 s", "10 s"));
  }

  @Test
  void whoIsInTheRollFormsNothing() {
    assertThat(shown(roll(1, SELF, OTHER), 5, 0)).isEqualTo(new Step.Inside());
  }

  @Test
  void whoWasStruckEnds() {
    assertThat(forming.on(new Standing(roll(3), 1, 5, true), at(0))).isEqualTo(new Step.Struck());
  }
}

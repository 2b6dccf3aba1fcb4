package dev.troupe.clusterconfig.supervision.logic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What has ended is started again: soon, and not too often.
class RestartRuleTest {

  private static final RestartLimits LIMITS =
      new RestartLimits(Duration.ofMillis(200), Duration.ofSeconds(30), Duration.ofSeconds(60), 5);

  private static final Glimpse GONE = new Glimpse.Gone("no heap", ProcessEnd.ORDINARY);

  private static final Glimpse REFUSED = new Glimpse.Gone("port taken", ProcessEnd.HOPELESS);

  private final RestartRule rule = new RestartRule("member 2", LIMITS);
  private final List<String> told = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  /// @return whether it is started
  private boolean see(Glimpse glimpse) {
    boolean starts = false;
    for (var effect : rule.on(glimpse, now)) {
      switch (effect) {
        case RestartEffect.Start() -> starts = true;
        case RestartEffect.Tell(var sentence) -> told.add(sentence);
      }
    }
    return starts;
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  /// How long it takes until it is started again, looked at every 100 ms.
  private Duration pause() {
    var ended = now;
    while (!see(GONE)) {
      pass(Duration.ofMillis(100));
    }
    return Duration.between(ended, now);
  }

  /// @return how long the pause after the end was
  private Duration runFor(Duration time) {
    see(new Glimpse.Running(now));
    pass(time);
    see(new Glimpse.Running(now.minus(time)));
    return pause();
  }

  @Test
  void whatDoesNotRunWhenOneBeginsToLookIsStartedAtOnce() {
    assertThat(see(GONE)).isTrue();
    assertThat(told).isEmpty();
  }

  @Test
  void whatRunsAlreadyIsLeftAlone() {
    assertThat(see(new Glimpse.Running(now.minusSeconds(1000)))).isFalse();
    pass(Duration.ofSeconds(1));
    assertThat(see(new Glimpse.Running(now.minusSeconds(1001)))).isFalse();
  }

  @Test
  void anEndAfterALongTimeIsFollowedByAStartSoon() {
    assertThat(see(new Glimpse.Running(now.minusSeconds(1000)))).isFalse();

    assertThat(pause()).isEqualTo(Duration.ofMillis(200));
    assertThat(told).containsExactly("member 2 has ended and is started again in 200 ms: no heap");
  }

  @Test
  void earlyEndsAreFollowedByEverLongerPausesUpToTheLongest() {
    see(GONE);

    var pauses = new ArrayList<Long>();
    for (int end = 0; end < 11; end++) {
      pauses.add(runFor(Duration.ofSeconds(1)).toMillis());
    }

    assertThat(pauses)
        .containsExactly(
            200L, 400L, 800L, 1_600L, 3_200L, 6_400L, 12_800L, 25_600L, 30_000L, 30_000L, 30_000L);
  }

  @Test
  void aPersonIsToldOfWhatEndsEarlyAgainAndAgain() {
    see(GONE);
    for (int end = 0; end < 4; end++) {
      runFor(Duration.ofSeconds(1));
    }
    assertThat(told).noneMatch(sentence -> sentence.contains("mended"));

    runFor(Duration.ofSeconds(1));

    assertThat(told.getLast())
        .isEqualTo(
            "member 2 has ended 5 times in a row, each time within 60 s of its start: something is"
                + " to be mended first. It is tried again in 3200 ms: no heap");
  }

  @Test
  void anEndAfterALongTimeIsNoneOfARow() {
    see(GONE);
    for (int end = 0; end < 8; end++) {
      runFor(Duration.ofSeconds(1));
    }

    assertThat(runFor(Duration.ofSeconds(61))).isEqualTo(Duration.ofMillis(200));
    assertThat(told).contains("member 2 runs again, for 60 s by now");
    assertThat(runFor(Duration.ofSeconds(1))).isEqualTo(Duration.ofMillis(400));
  }

  @Test
  void whatCannotBeStartedCountsAsAnEarlyEnd() {
    see(GONE);

    assertThat(pause()).isEqualTo(Duration.ofMillis(200));
    assertThat(pause()).isEqualTo(Duration.ofMillis(400));
  }

  @Test
  void whatSomebodyHasStoppedIsNotStartedUntilItIsWantedAgain() {
    see(new Glimpse.Running(now));
    see(new Glimpse.Unwanted());
    pass(Duration.ofHours(1));
    assertThat(see(new Glimpse.Unwanted())).isFalse();

    assertThat(see(GONE)).isTrue();
    assertThat(told).isEmpty();
  }

  @Test
  void whatSomebodyElseHasStartedMeanwhileIsNotStartedTwice() {
    see(new Glimpse.Running(now));
    assertThat(see(GONE)).isFalse();
    see(new Glimpse.Running(now));
    pass(Duration.ofSeconds(30));

    assertThat(see(new Glimpse.Running(now.minusSeconds(30)))).isFalse();
  }

  @Test
  void clockThatIsSetBackMakesItWaitForThePauseOnce() {
    see(new Glimpse.Running(now));
    see(GONE);
    now = now.minus(Duration.ofDays(1));

    assertThat(pause()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void whatRefusesIsToldOnceAndLeftAlone() {
    see(GONE);

    for (int look = 0; look < 100; look++) {
      assertThat(see(REFUSED)).isFalse();
      pass(Duration.ofMinutes(1));
    }
    assertThat(told)
        .containsExactly(
            "member 2 has ended and is not started again, as that would do no good: port taken");
  }

  @Test
  void whatRefusesIsStartedWhenSomebodyAsks() {
    see(GONE);
    see(REFUSED);

    assertThat(see(new Glimpse.Asked())).isTrue();
    assertThat(see(REFUSED)).isFalse();
    assertThat(told).hasSize(2);
  }

  @Test
  void whomOthersRefuseIsStartedAgainSlowly() {
    see(GONE);
    var unwelcome = new Glimpse.Gone("another cluster's data", ProcessEnd.UNWELCOME);

    var ended = now;
    while (!see(unwelcome)) {
      pass(Duration.ofMillis(100));
    }
    assertThat(Duration.between(ended, now)).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void whoAsksNeedNotWaitForThePause() {
    for (int end = 0; end < 10; end++) {
      runFor(Duration.ofSeconds(1));
    }
    see(new Glimpse.Running(now));
    assertThat(see(GONE)).isFalse();

    assertThat(see(new Glimpse.Asked())).isTrue();
    assertThat(runFor(Duration.ofSeconds(1))).isEqualTo(Duration.ofMillis(200));
  }

  @Test
  void whatWasStoppedAfterARefusalIsStartedLikeAnyOther() {
    see(GONE);
    see(REFUSED);
    see(new Glimpse.Unwanted());

    assertThat(see(REFUSED)).isTrue();
  }
}

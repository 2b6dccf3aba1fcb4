package dev.troupe.testkit.experiment.observer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.testkit.experiment.record.Takeover;
import dev.troupe.testkit.experiment.record.Takeover.Step;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// With the lines that members write, word for word.
class TakeoverTableTest {

  private static final long BEGAN = 1_000_000;
  private static final Map<String, String> ADDRESSES =
      Map.of("m1", "127.0.0.1:2100", "m2", "127.0.0.1:2103", "m3", "127.0.0.1:2106");

  private final List<MemberLogLine> lines = new ArrayList<>();
  private final List<MemberLoss> losses = new ArrayList<>();

  private void says(long millis, String member, String what) {
    lines.add(new MemberLogLine(member, BEGAN + millis, "", 0, what));
  }

  private void says(long millis, String member, long epoch, String what) {
    lines.add(new MemberLogLine(member, BEGAN + millis, "pods#0", epoch, "pods#0 " + what));
  }

  private void serves(long millis, String member, long epoch) {
    says(millis, member, epoch, "is served here from now on, in epoch " + epoch);
  }

  private void serves(long millis, String member, long epoch, Map<Step, Long> steps) {
    var absolute = new EnumMap<Step, Long>(Step.class);
    steps.forEach((step, at) -> absolute.put(step, BEGAN + at));
    var what = "pods#0 is served here from now on, in epoch " + epoch;
    lines.add(new MemberLogLine(member, BEGAN + millis, "pods#0", epoch, what, absolute));
  }

  private List<Takeover> takeovers() {
    return new TakeoverTable(lines, ADDRESSES, losses, BEGAN).of("pods#0"::equals);
  }

  @Test
  void stepsOfATakeoverAreThoseBetweenTheLossAndTheService() {
    serves(-500, "m1", 1);
    says(-400, "m2", "grants no lease to [127.0.0.1:2100#7]");
    losses.add(new MemberLoss("m1", 2_000_000));
    says(2_100, "m3", "grants no lease to [127.0.0.1:2100#7]");
    says(2_200, "m3", "acts by roll 4 of 127.0.0.1:2100#7, 127.0.0.1:2103#8, 127.0.0.1:2106#9");
    says(2_300, "m2", "acts by roll 5 of 127.0.0.1:2103#8, 127.0.0.1:2106#9");
    serves(3_000, "m3", 2);
    assertThat(takeovers())
        .containsExactly(
            new Takeover(
                "pods#0",
                "m1",
                "m3",
                2_000_000,
                Map.of(
                    Step.DETECTED, 2_100_000L,
                    Step.DOWNED, 2_300_000L,
                    Step.SERVING, 3_000_000L)));
  }

  @Test
  void stepsOfTheNextOwnerAreThoseThatItTellsOf() {
    serves(-500, "m1", 1, Map.of(Step.ALLOCATED, -900L, Step.OPENED, -800L, Step.SCANNED, -700L));
    losses.add(new MemberLoss("m1", 2_000_000));
    serves(
        3_000, "m3", 2, Map.of(Step.ALLOCATED, 2_400L, Step.OPENED, 2_450L, Step.SCANNED, 2_700L));
    assertThat(takeovers())
        .singleElement()
        .extracting(Takeover::reached)
        .isEqualTo(
            Map.of(
                Step.ALLOCATED, 2_400_000L,
                Step.OPENED, 2_450_000L,
                Step.SCANNED, 2_700_000L,
                Step.SERVING, 3_000_000L));
  }

  @Test
  void stepThatWasDoneBeforeTheLossIsNotOfTheTakeover() {
    serves(-500, "m1", 1);
    losses.add(new MemberLoss("m1", 2_000_000));
    serves(3_000, "m3", 2, Map.of(Step.ALLOCATED, 1_900L, Step.OPENED, 2_450L));
    assertThat(takeovers())
        .singleElement()
        .extracting(Takeover::reached)
        .isEqualTo(Map.of(Step.OPENED, 2_450_000L, Step.SERVING, 3_000_000L));
  }

  @Test
  void whatAnOwnerHasOutlivedIsNotWhyItIsLost() {
    serves(-500, "m1", 1);
    losses.add(new MemberLoss("m1", 1_000_000));
    losses.add(new MemberLoss("m1", 40_000_000));
    losses.add(new MemberLoss("m1", 41_000_000));
    serves(42_000, "m3", 2);
    assertThat(takeovers())
        .containsExactly(
            new Takeover("pods#0", "m1", "m3", 40_000_000, Map.of(Step.SERVING, 42_000_000L)));
  }

  @Test
  void whatIsHandedOverLongAfterAFaultIsLostWhenItsOwnerTakesNoMoreWrites() {
    serves(-500, "m1", 1);
    losses.add(new MemberLoss("m1", 1_000_000));
    says(40_000, "m1", 1, "is to leave: takes no more writes in epoch 1");
    serves(40_200, "m2", 2);
    assertThat(takeovers()).extracting(Takeover::lost).containsExactly(40_000_000L);
  }

  @Test
  void stepThatAWrongClockTellsIsNone() {
    serves(-500, "m1", 1);
    losses.add(new MemberLoss("m1", 2_000_000));
    serves(3_000, "m3", 2, Map.of(Step.ALLOCATED, 32_400L, Step.OPENED, 2_450L));
    assertThat(takeovers())
        .singleElement()
        .extracting(Takeover::reached)
        .isEqualTo(Map.of(Step.OPENED, 2_450_000L, Step.SERVING, 3_000_000L));
  }

  @Test
  void whoLeavesLosesItWhenHeTakesNoMoreWrites() {
    serves(-500, "m1", 1);
    says(1_000, "m1", 1, "is to leave: takes no more writes in epoch 1");
    serves(1_200, "m2", 2);
    assertThat(takeovers())
        .containsExactly(
            new Takeover("pods#0", "m1", "m2", 1_000_000, Map.of(Step.SERVING, 1_200_000L)));
  }

  @Test
  void whatHappenedBeforeTheRunIsNoTakeoverOfIt() {
    serves(-500, "m1", 1);
    says(-300, "m1", 1, "is to leave: takes no more writes in epoch 1");
    serves(-100, "m2", 2);
    assertThat(takeovers()).isEmpty();
  }

  @Test
  void epochThatBeginsAnewWithoutALossIsNone() {
    serves(-500, "m1", 1);
    serves(700, "m1", 2);
    losses.add(new MemberLoss("m1", 900_000));
    assertThat(takeovers()).isEmpty();
  }

  @Test
  void otherPartitionsAreNotLookedAt() {
    serves(-500, "m1", 1);
    losses.add(new MemberLoss("m1", 0));
    serves(700, "m2", 2);
    assertThat(new TakeoverTable(lines, ADDRESSES, losses, BEGAN).of("pods#1"::equals)).isEmpty();
  }

  @Test
  void severalServicesOfOneEpochAreTold() {
    serves(1, "m1", 1);
    serves(2, "m2", 2);
    assertThat(new EpochWriters(lines).offences()).isEmpty();
    serves(3, "m3", 2);
    assertThat(new EpochWriters(lines).offences())
        .singleElement()
        .asString()
        .contains("epoch 2 of pods#0", "m2", "m3");
  }

  @Test
  void epochThatFallsIsTold() {
    serves(1, "m1", 5);
    serves(2, "m2", 4);
    assertThat(new EpochWriters(lines).offences())
        .singleElement()
        .asString()
        .contains("m2 began epoch 4", "after m1 had begun epoch 5");
  }

  @Test
  void lineOfALogIsReadAndOtherWordsArePassedOver() {
    var log =
        List.of(
            "member m1 of cluster harness",
            "{\"member\":\"m1\",\"timestamp\":7,\"level\":\"INFO\",\"kvpList\":[{\"partition\":"
                + "\"pods#0\"},{\"epoch\":\"3\"}],\"formattedMessage\":\"pods#0 is there\"}",
            "{\"member\":\"m1\",\"timest",
            "{\"timestamp\":9,\"kvpList\":[{\"partition\":\"pods#0\"},{\"epoch\":\"3\"},"
                + "{\"allocated\":\"5\"},{\"opened\":\"6\"},{\"scanned\":\"8\"}],"
                + "\"formattedMessage\":\"pods#0 is served\"}");
    assertThat(MemberLogLine.of("m1", log.stream()))
        .containsExactly(
            new MemberLogLine("m1", 7, "pods#0", 3, "pods#0 is there"),
            new MemberLogLine(
                "m1",
                9,
                "pods#0",
                3,
                "pods#0 is served",
                Map.of(Step.ALLOCATED, 5L, Step.OPENED, 6L, Step.SCANNED, 8L)));
  }
}

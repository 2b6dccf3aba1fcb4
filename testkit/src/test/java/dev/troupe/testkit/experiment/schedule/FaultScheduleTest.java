package dev.troupe.testkit.experiment.schedule;

import static dev.troupe.testkit.experiment.plan.Plans.drawn;
import static dev.troupe.testkit.experiment.plan.Plans.planned;
import static dev.troupe.testkit.experiment.plan.Plans.seconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.troupe.testkit.experiment.fault.InjectedFault.DatabaseAway;
import dev.troupe.testkit.experiment.fault.InjectedFault.Freeze;
import dev.troupe.testkit.experiment.fault.InjectedFault.Kill;
import dev.troupe.testkit.experiment.fault.InjectedFault.PartialCut;
import dev.troupe.testkit.experiment.fault.Who;
import dev.troupe.testkit.experiment.fault.Who.Role;
import dev.troupe.testkit.experiment.plan.DurationRange;
import dev.troupe.testkit.experiment.plan.ExperimentPlan;
import dev.troupe.testkit.experiment.plan.FaultPlan;
import dev.troupe.testkit.experiment.plan.Plans;
import dev.troupe.testkit.experiment.plan.RefusedExperiment;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FaultScheduleTest {

  private static final FaultPlan MIXED =
      new FaultPlan(
          List.of(planned(20, new DatabaseAway(), 8), planned(40, new Kill(Role.ALL), 3)),
          drawn(
              12,
              new Kill(Role.OWNER),
              new Freeze(Role.ANY),
              new PartialCut(List.of()),
              new Kill(Role.OTHER)),
          false);

  private static ExperimentPlan plan(FaultPlan faults) {
    return Plans.of(faults);
  }

  @Test
  void sameSeedHasTheSameFaults() {
    for (long seed = -3; seed < 100; seed++) {
      assertThat(FaultSchedule.of(plan(MIXED), seed))
          .isEqualTo(FaultSchedule.of(plan(MIXED), seed));
    }
  }

  /// What one seed means is what it meant before: reports name it.
  @Test
  void seedMeansWhatItMeant() {
    var schedule =
        FaultSchedule.of(plan(new FaultPlan(List.of(), drawn(2, new Kill(Role.ANY)), false)), 1);

    assertThat(schedule.faults())
        .extracting(one -> one.at().toMillis() + "+" + one.lasts().toMillis() + " " + one.aim())
        .containsExactly("7696+2398 Members[numbers=[1]]", "12860+3346 Members[numbers=[2]]");
  }

  @Test
  void otherSeedsHaveOtherFaults() {
    var different = new HashSet<List<ScheduledFault>>();
    LongStream.range(0, 200)
        .forEach(seed -> different.add(FaultSchedule.of(plan(MIXED), seed).faults()));

    assertThat(different).hasSize(200);
  }

  @Test
  void faultsFollowEachOtherAndAreOverBeforeTheQuiet() {
    for (long seed = 0; seed < 300; seed++) {
      var schedule = FaultSchedule.of(plan(MIXED), seed);

      assertThat(schedule.faults()).hasSize(14);
      var free = seconds(5);
      for (var fault : schedule.faults()) {
        assertThat(fault.at()).as("seed %d", seed).isGreaterThanOrEqualTo(free);
        free = fault.end();
      }
      assertThat(schedule.length()).isEqualTo(free.plus(seconds(10)));
    }
  }

  @Test
  void faultsAreNumberedInTheirOrder() {
    assertThat(FaultSchedule.of(plan(MIXED), 7).faults())
        .extracting(ScheduledFault::number)
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14);
  }

  @Test
  void faultsOverlapWhereTheyMay() {
    var overlapping = new FaultPlan(List.of(), drawn(50, new Freeze(Role.ANY)), true);

    var faults = FaultSchedule.of(plan(overlapping), 3).faults();

    assertThat(faults).isSortedAccordingTo((one, other) -> one.at().compareTo(other.at()));
    assertThat(faults)
        .anyMatch(one ->
            faults.stream()
                .anyMatch(other ->
                    other.at().compareTo(one.at()) > 0 && other.at().compareTo(one.end()) < 0));
  }

  @Test
  void givenLengthIsFilledAndKept() {
    var hours = plan(MIXED).lasting(Duration.ofHours(2));

    for (long seed = 0; seed < 20; seed++) {
      var schedule = FaultSchedule.of(hours, seed);

      assertThat(schedule.length()).isEqualTo(Duration.ofHours(2));
      assertThat(schedule.faults()).hasSizeGreaterThan(800);
      assertThat(schedule.faults().getLast().end())
          .isBetween(Duration.ofHours(2).minusSeconds(21), Duration.ofHours(2).minusSeconds(10));
    }
  }

  @Test
  void plannedFaultThatDoesNotFitIsRefused() {
    var hour = new FaultPlan(List.of(planned(3600, new Kill(Role.ANY), 1)), null, false);

    assertThatExceptionOfType(RefusedExperiment.class)
        .isThrownBy(() -> FaultSchedule.of(plan(hour).lasting(Duration.ofMinutes(2)), 1))
        .withMessage("a run of 2m ends before kill at 3605s is over, and 10s of quiet behind it");
  }

  @Test
  void runWithoutTimeForAFaultIsRefused() {
    var plan = plan(new FaultPlan(List.of(), drawn(3, new Kill(Role.ANY)), false));

    assertThatExceptionOfType(RefusedExperiment.class)
        .isThrownBy(() -> FaultSchedule.of(plan.lasting(seconds(16)), 1))
        .withMessage("a run of 16s has no time for a fault");
  }

  @Test
  void runThatNobodyWaitsForIsRefused() {
    var lots = drawn(1, new Kill(Role.ANY)).of();
    var rare = new DurationRange(seconds(60), seconds(120));
    var plan =
        plan(
            new FaultPlan(
                List.of(), new FaultPlan.Drawn(lots, rare, FaultPlan.MOST_FAULTS), false));

    assertThatExceptionOfType(RefusedExperiment.class)
        .isThrownBy(() -> FaultSchedule.of(plan, 1))
        .withMessageMatching("the faults need \\w+, and no run is longer than 48h: .*");
  }

  @Test
  void experimentWithoutFaultsHasItsWarmUpAndItsQuiet() {
    var schedule = FaultSchedule.of(plan(FaultPlan.NOTHING), 1);

    assertThat(schedule.faults()).isEmpty();
    assertThat(schedule.length()).isEqualTo(seconds(15));
  }

  private static List<Aim> aims(FaultPlan faults) {
    return FaultSchedule.of(plan(faults), 5).faults().stream().map(ScheduledFault::aim).toList();
  }

  @Test
  void everyMemberIsHitSometimes() {
    assertThat(aims(new FaultPlan(List.of(), drawn(60, new Freeze(Role.ANY)), false)))
        .contains(
            new Aim.Members(List.of(1)), new Aim.Members(List.of(2)), new Aim.Members(List.of(3)));
  }

  @Test
  void everyPairIsCutSometimesAndNobodyFromItself() {
    assertThat(aims(new FaultPlan(List.of(), drawn(200, new PartialCut(List.of())), false)))
        .allSatisfy(
            aim -> assertThat(((Aim.Members) aim).numbers()).hasSize(2).doesNotHaveDuplicates())
        .contains(
            new Aim.Members(List.of(1, 2)),
            new Aim.Members(List.of(2, 3)),
            new Aim.Members(List.of(3, 1)));
  }

  @Test
  void whoIsNamedIsHit() {
    assertThat(
            aims(
                new FaultPlan(
                    List.of(
                        planned(1, new Kill(new Who.MemberNumber(2)), 1),
                        planned(3, new Kill(Role.ALL), 1),
                        planned(5, new Kill(Role.COORDINATOR), 1),
                        planned(7, new Kill(Role.LEADER), 1),
                        planned(9, new DatabaseAway(), 1)),
                    null,
                    false)))
        .containsExactly(
            new Aim.Members(List.of(2)),
            new Aim.Members(List.of(1, 2, 3)),
            new Aim.Coordinator(),
            new Aim.Leader(),
            new Aim.NoMember());
  }

  @Test
  void faultIsToldToPeople() {
    var faults =
        new FaultPlan(
            List.of(
                planned(1, new Kill(Role.OWNER), 5),
                planned(7, new PartialCut(List.of(1, 3)), 90),
                planned(98, new Freeze(new Who.MemberNumber(2)), 1),
                planned(100, new DatabaseAway(), 60)),
            null,
            false);

    assertThat(FaultSchedule.of(plan(faults), 1).faults())
        .extracting(ScheduledFault::words)
        .containsExactly(
            "kill of the owner of a partition for 5s",
            "partial-cut of members 1, 3 for 90s",
            "freeze of member 2 for 1s",
            "database-away for 1m");
  }

  @Test
  void weightSaysHowOftenAKindIsDrawn() {
    var kills = drawn(1000, new Kill(Role.ANY), new Freeze(Role.ANY));
    var rare = kills.of().getFirst();
    var frequent = kills.of().getLast();
    var weighted =
        new FaultPlan.Drawn(
            List.of(rare, new FaultPlan.Lot(frequent.fault(), frequent.lasts(), 9)),
            kills.gap(),
            1000);

    var faults =
        FaultSchedule.of(plan(new FaultPlan(List.of(), weighted, false)), 2).faults().stream();

    assertThat(faults.filter(one -> one.fault() instanceof Kill).count()).isBetween(70L, 130L);
  }
}

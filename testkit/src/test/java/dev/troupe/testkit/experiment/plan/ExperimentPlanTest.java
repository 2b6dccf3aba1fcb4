package dev.troupe.testkit.experiment.plan;

import static dev.troupe.testkit.experiment.plan.Plans.drawn;
import static dev.troupe.testkit.experiment.plan.Plans.planned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.troupe.testkit.experiment.fault.InjectedFault;
import dev.troupe.testkit.experiment.fault.InjectedFault.Freeze;
import dev.troupe.testkit.experiment.fault.InjectedFault.Kill;
import dev.troupe.testkit.experiment.fault.InjectedFault.PartialCut;
import dev.troupe.testkit.experiment.fault.Who;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExperimentPlanTest {

  private static void assertRefused(Runnable made, String why) {
    assertThatExceptionOfType(RefusedExperiment.class).isThrownBy(made::run).withMessage(why);
  }

  private static ExperimentPlan with(InjectedFault fault) {
    return Plans.of(new FaultPlan(List.of(), drawn(5, fault), false));
  }

  @Test
  void membersAreAsManyAsSomebodyWants() {
    assertThat(with(new Kill(Who.Role.OWNER)).withMembers(5).topology().members()).isEqualTo(5);
  }

  @Test
  void tooFewMembersForAFaultAreRefused() {
    assertRefused(
        () -> with(new PartialCut(List.of())).withMembers(2),
        "partial-cut needs 3 members, here are 2");
    assertRefused(
        () -> with(new Kill(new Who.MemberNumber(3))).withMembers(2),
        "there is no member 3, members are numbered from 1 to 2");
    assertRefused(
        () -> with(new PartialCut(List.of(1, 4))),
        "there is no member 4, members are numbered from 1 to 3");
    assertRefused(
        () -> with(new Kill(Who.Role.OTHER)).withMembers(1), "kill needs 2 members, here are 1");
    assertRefused(
        () -> with(new Kill(Who.Role.OWNER)).withMembers(8),
        "an experiment has 1 to 7 members, not 8");
  }

  @Test
  void givenLengthHasAsManyFaultsAsThereIsTimeFor() {
    var plan = with(new Kill(Who.Role.OWNER)).lasting(Duration.ofMinutes(10));

    assertThat(plan.timing().whole()).isEqualTo(Duration.ofMinutes(10));
    assertThat(plan.faults().random())
        .isNotNull()
        .extracting(FaultPlan.Drawn::count)
        .isEqualTo(FaultPlan.MOST_FAULTS);
  }

  @Test
  void lengthWithoutTimeForFaultsIsRefused() {
    assertRefused(
        () -> with(new Kill(Who.Role.OWNER)).lasting(Duration.ofSeconds(15)),
        "a run of 15s has no time for faults between 5s of warm-up and 10s of quiet");
  }

  @Test
  void plannedFaultsComeOneByOneUnlessTheyMayOverlap() {
    var faults =
        List.of(planned(20, new Freeze(Who.Role.ANY), 5), planned(10, new Kill(Who.Role.ANY), 11));

    assertRefused(
        () -> Plans.of(new FaultPlan(faults, null, false)),
        "freeze at 20s comes before kill is over, which may last until 21s; move it, or say that"
            + " faults may overlap");
    assertThat(new FaultPlan(faults, null, true).planned())
        .extracting(FaultPlan.Planned::at)
        .isSorted();
  }

  @Test
  void everyWorkloadHasOneName() {
    assertThat(Arrays.stream(WorkloadKind.values()).map(WorkloadKind::model))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Workload.class.getPermittedSubclasses())
                .map(type -> type.asSubclass(Workload.class))
                .toList());
    assertThat(new Workload.Steady(1).kind()).isEqualTo(WorkloadKind.STEADY);
  }

  @Test
  void lengthsAreSaidAsFilesSayThem() {
    assertThat(DurationRange.text(Duration.ofMillis(250))).isEqualTo("250ms");
    assertThat(DurationRange.text(Duration.ofSeconds(90))).isEqualTo("90s");
    assertThat(DurationRange.text(Duration.ofMinutes(5))).isEqualTo("5m");
    assertThat(DurationRange.text(Duration.ofHours(2))).isEqualTo("2h");
    assertThat(DurationRange.text(Duration.ZERO)).isEqualTo("0ms");
  }
}

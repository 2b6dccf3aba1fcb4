package dev.troupe.testkit.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.testkit.experiment.fault.FaultKind;
import dev.troupe.testkit.experiment.fault.FaultNeed;
import dev.troupe.testkit.experiment.fault.NetworkRoute;
import dev.troupe.testkit.experiment.file.ExperimentReader;
import dev.troupe.testkit.experiment.plan.ExperimentPlan;
import dev.troupe.testkit.experiment.plan.RefusedExperiment;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunMeansTest {

  private static final String NO_ROOT = "only root may";

  private static ExperimentPlan plan(String workload, String... faults) {
    var text =
        """
        name: tried
        shows: Something.
        workload:
          - %s
        faults:
          random:
            gap: 1s
            count: 3
            of:
              - %s
        """
            .formatted(workload, String.join("\n      - ", faults));
    return ExperimentReader.read("tried.yaml", text.getBytes(StandardCharsets.UTF_8));
  }

  private static ExperimentPlan steady(String... faults) {
    return plan("{kind: steady, per-second: 10}", faults);
  }

  private static RunMeans means(ExperimentPlan plan, String obstacle) {
    return RunMeans.of(plan, need -> need == FaultNeed.NAMESPACES ? obstacle : "");
  }

  @Test
  void whatNeedsNamespacesIsLeftOutWhereThereAreNoneAndNamedWithTheReason() {
    var means =
        means(steady("{kind: cut, who: any, for: 1s}", "{kind: kill, who: any, for: 1s}"), NO_ROOT);
    assertThat(means.namespaces()).isFalse();
    assertThat(means.missing()).containsOnlyKeys(FaultKind.CUT);
    assertThat(means.leftOut())
        .singleElement()
        .satisfies(one -> {
          assertThat(one.what()).isEqualTo("cut");
          assertThat(one.why()).isEqualTo(NO_ROOT);
        });
  }

  @Test
  void experimentOfWhichNothingIsLeftIsRefused() {
    assertThatThrownBy(() -> means(steady("{kind: cut, who: any, for: 1s}"), NO_ROOT))
        .isInstanceOf(RefusedExperiment.class)
        .hasMessageContainingAll("network namespaces", NO_ROOT);
  }

  @Test
  void namespacesAreThereIfAFaultNeedsThem() {
    assertThat(means(steady("{kind: cut, who: any, for: 1s}"), "").namespaces()).isTrue();
    assertThat(means(steady("{kind: kill, who: any, for: 1s}"), "").namespaces()).isFalse();
  }

  @Test
  void eachKindIsLeftOutForWhatItLacksItself() {
    var plan =
        steady(
            "{kind: cut, who: any, for: 1s}",
            "{kind: starved-cpu, who: any, percent: 10, for: 1s}",
            "{kind: kill, who: any, for: 1s}");
    var means = RunMeans.of(plan, need -> need == FaultNeed.CGROUPS ? "no groups" : "");
    assertThat(means.namespaces()).isTrue();
    assertThat(means.groups()).isFalse();
    assertThat(means.missing()).containsOnly(Map.entry(FaultKind.STARVED_CPU, "no groups"));
  }

  @Test
  void limitsOfProcessorsAndOfMemoryAreNotInOneExperiment() {
    var plan =
        steady(
            "{kind: starved-cpu, who: any, percent: 10, for: 1s}",
            "{kind: memory-pressure, who: any, megabytes: 100, for: 1s}");
    assertThatThrownBy(() -> means(plan, ""))
        .isInstanceOf(RefusedExperiment.class)
        .hasMessageContaining("cannot be in one experiment");
  }

  @Test
  void faultThatNeedsSeveralThingsIsLeftOutForEach() {
    var plan = steady("{kind: slow-disk, for: 1s}", "{kind: kill, who: any, for: 1s}");
    var means = RunMeans.of(plan, need -> need == FaultNeed.DISK_GROUPS ? "no groups" : "");
    assertThat(means.met()).containsExactly(FaultNeed.OWN_DISK);
    assertThat(means.missing()).containsOnly(Map.entry(FaultKind.SLOW_DISK, "no groups"));
  }

  @Test
  void linksAreThereOnTheRoutesThatFaultsNeed() {
    var store = "{kind: resets, who: any, on: store, every: 1s, for: 1s}";
    var members = "{kind: latency, who: all, on: members, delay: 20ms, for: 1s}";
    assertThat(means(steady(store), "").links()).containsExactly(NetworkRoute.STORE);
    assertThat(means(steady(store, members), "").links())
        .containsExactlyInAnyOrder(NetworkRoute.STORE, NetworkRoute.MEMBERS);
    assertThat(means(steady("{kind: kill, who: any, for: 1s}"), "").links()).isEmpty();
  }

  @Test
  void namespacesAndLinksBetweenMembersAreNotInOneExperiment() {
    var plan =
        steady(
            "{kind: cut, who: any, for: 1s}",
            "{kind: latency, who: all, on: members, delay: 20ms, for: 1s}");
    assertThatThrownBy(() -> means(plan, ""))
        .isInstanceOf(RefusedExperiment.class)
        .hasMessageContaining("cannot be in one experiment");
  }
}

package dev.troupe.controllers.scheduling.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.controllers.scheduling.demand.PodDemand;
import dev.troupe.controllers.scheduling.node.NodeRoom;
import dev.troupe.controllers.scheduling.node.Occupancy;
import dev.troupe.controllers.scheduling.placement.Preemption.Outcome;
import dev.troupe.controllers.stage.Fixtures;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.util.Comparator;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who has to leave which of the nodes `n1` and `n2`, of four CPUs each, for a pod of priority 10.
/// `a=5:2@n1` is a pod of priority 5 that has two CPUs of `n1`; `a=5:2@n1/07` was started at 7.
class PreemptionTest {

  @ParameterizedTest(name = "{0} | {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # there                                      | CPUs | who leaves
          # whoever is as important stays
          a=10:4@n1 b=10:4@n2                          | 1    | 0/2 nodes are available: 2 No preemption victims found for incoming pod.
          a=11:4@n1 b=5:4@n2                           | 1    | n2 b
          # not more than have to
          a=5:2@n1 b=5:2@n1 c=10:4@n2                  | 2    | n1 b
          a=5:2@n1 b=5:2@n1 c=10:4@n2                  | 3    | n1 a b
          a=5:2@n1 b=6:2@n1 c=10:4@n2                  | 2    | n1 a
          a=5:1@n1 b=6:3@n1 c=10:4@n2                  | 3    | n1 b
          # those who have run for long are spared
          a=5:2@n1/07 b=5:2@n1/03 c=10:4@n2            | 2    | n1 a
          a=5:2@n1/07 b=5:2@n1 c=10:4@n2               | 2    | n1 b
          # not enough
          a=5:1@n1 b=10:3@n1 c=10:4@n2                 | 2    | 0/2 nodes are available: 1 Insufficient cpu, 1 No preemption victims found for incoming pod.
          # what no node has nobody can give
          a=5:4@n1 b=5:4@n2                            | 5    | 0/2 nodes are available: 2 Preemption is not helpful for scheduling.
          # the node with the least harm: to the important,
          a=5:4@n1 b=6:4@n2                            | 1    | n1 a
          a=6:4@n1 b=5:2@n2 c=5:2@n2                   | 4    | n2 b c
          # to all of them together,
          a=5:2@n1 b=5:2@n1 c=5:2@n2 d=4:2@n2          | 4    | n2 c d
          a=5:2@n1 b=5:2@n1 c=5:4@n2                   | 4    | n2 c
          a=-5:2@n1 b=-5:2@n1 c=-5:4@n2                | 4    | n2 c
          # and to those who have run for long
          a=5:4@n1/03 b=5:4@n2/07                      | 4    | n2 b
          a=5:4@n1/07 b=5:4@n2/03                      | 4    | n1 a
          # else the first
          a=5:4@n1 b=5:4@n2                            | 4    | n1 a
          a=-2147483648:4@n1 b=9:4@n2                  | 4    | n1 a
          """)
  void theLeastHarmIsDone(String there, String cpus, String outcome) {
    var occupancy = occupancy(there);
    var before = snapshot(occupancy);

    assertThat(words(find(occupancy, demand(10, cpus, ""), ""))).isEqualTo(outcome);
    assertThat(snapshot(occupancy)).isEqualTo(before);
  }

  @ParameterizedTest(name = "{0} | {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # there                    | nominated | outcome
          a=5:4@n1 b=5:4@n2          | ""        | n1 a
          a=5:4@n1 b=5:4@n2          | n2        | n1 a
          a=5:4@n1 b=5:4@n2!         | n2        | not eligible due to a terminating pod on the nominated node.
          a=5:4@n1 b=10:4@n2!        | n2        | n1 a
          """)
  void whoIsHelpedAlreadyWaits(String there, String nominated, String outcome) {
    assertThat(words(find(occupancy(there), demand(10, "4", ""), nominated))).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource({"Never, not eligible due to preemptionPolicy=Never.", "PreemptLowerPriority, n1 a"})
  void thePolicyHasTheLastWord(String policy, String outcome) {
    var pod = demand(10, "4", ",'preemptionPolicy':'%s'".formatted(policy));

    assertThat(words(find(occupancy("a=5:4@n1 b=6:4@n2"), pod, ""))).isEqualTo(outcome);
  }

  private static Outcome find(Occupancy occupancy, PodDemand pod, String nominated) {
    var key = Fleet.key("new");
    var why = Unschedulable.of(Fit.of(key, pod, occupancy), occupancy);
    return new Preemption(key, pod, why, occupancy).find(nominated);
  }

  private static String words(Outcome outcome) {
    return switch (outcome) {
      case Outcome.None(var message, _) -> message;
      case Outcome.Found(var node, var victims) ->
          victims.stream()
              .map(ResourceKey::name)
              .sorted()
              .collect(Collectors.joining(" ", node + " ", ""));
    };
  }

  private static String snapshot(Occupancy occupancy) {
    return occupancy.nodes().stream()
        .map(node ->
            node.name()
                + node.requested()
                + node.occupants().keySet().stream()
                    .sorted(Comparator.comparing(ResourceKey::name))
                    .toList())
        .collect(Collectors.joining());
  }

  private static Occupancy occupancy(String there) {
    var occupancy = new Occupancy();
    for (var name : new String[] {"n1", "n2"}) {
      occupancy.offer(name, NodeRoom.Offer.of(Fixtures.node(name, 4, 110)));
    }
    for (var pod : there.split(" +")) {
      var part = pod.split("[=:@/!]");
      var started = pod.contains("/") ? part[4] : "";
      var demand = demand(Integer.parseInt(part[1]), part[2], "", started, pod.endsWith("!"));
      occupancy.take(Fleet.key(part[0]), demand, part[3]);
    }
    return occupancy;
  }

  private static PodDemand demand(int priority, String cpus, String more) {
    return demand(priority, cpus, more, "", false);
  }

  private static PodDemand demand(
      int priority, String cpus, String more, String started, boolean isGoing) {
    var pod =
        Fixtures.pod(
            "pod",
            "web",
            "'priority':%d,'containers':[{'name':'c','resources':{'requests':{'cpu':'%s'}}}]%s"
                .formatted(priority, cpus, more));
    pod.getMetadata().setDeletionTimestamp(isGoing ? "2026-01-01T00:00:00Z" : null);
    pod.setStatus(
        new PodStatusBuilder()
            .withStartTime(started.isEmpty() ? null : "2026-01-01T%s:00:00Z".formatted(started))
            .build());
    return PodDemand.of(pod);
  }
}

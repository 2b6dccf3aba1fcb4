package dev.troupe.testkit.experiment.run;

import dev.troupe.testkit.experiment.fault.FaultKind;
import dev.troupe.testkit.experiment.fault.FaultNeed;
import dev.troupe.testkit.experiment.fault.InjectedFault;
import dev.troupe.testkit.experiment.fault.NetworkRoute;
import dev.troupe.testkit.experiment.injector.Injections;
import dev.troupe.testkit.experiment.plan.ExperimentPlan;
import dev.troupe.testkit.experiment.plan.RefusedExperiment;
import dev.troupe.testkit.experiment.record.LeftOut;
import dev.troupe.testkit.members.MemberLinks;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What of an experiment can be done on this machine.
///
/// @param met what not every machine has, and is needed and there
/// @param links on which routes each member has links of its own
/// @param missing kinds of faults that are left out, and why
record RunMeans(Set<FaultNeed> met, Set<NetworkRoute> links, Map<FaultKind, String> missing) {

  /// What not every machine has.
  private static final List<FaultNeed> RARE =
      List.of(
          FaultNeed.NAMESPACES,
          FaultNeed.PACKET_FILTERS,
          FaultNeed.CGROUPS,
          FaultNeed.MEMORY_GROUPS,
          FaultNeed.OWN_DISK,
          FaultNeed.DISK_GROUPS,
          FaultNeed.OWN_CLOCK,
          FaultNeed.STANDBY,
          FaultNeed.OLDER_BUILD);

  /// @param obstacles why something is not to be had here; empty if it is
  /// @throws RefusedExperiment if nothing of it can be done here, or parts of it not together
  static RunMeans of(ExperimentPlan plan, Function<FaultNeed, String> obstacles) {
    requireOneGroup(plan);
    var needs =
        RARE.stream()
            .filter(need -> plan.faults().all().anyMatch(fault -> has(fault, need)))
            .toList();
    var links =
        plan.faults()
            .all()
            .flatMap(fault -> Injections.route(fault).stream())
            .collect(Collectors.toUnmodifiableSet());
    if (links.contains(NetworkRoute.MEMBERS)) {
      requireMemberLinks(needs);
    }
    var lacking = new EnumMap<FaultNeed, String>(FaultNeed.class);
    needs.forEach(need -> lacking.put(need, obstacles.apply(need)));
    lacking.values().removeIf(String::isEmpty);
    var missing = missing(plan, lacking);
    if (!missing.isEmpty()
        && plan.faults().all().allMatch(fault -> missing.containsKey(fault.kind()))) {
      throw nothingLeft(plan, lacking);
    }
    return new RunMeans(
        needs.stream()
            .filter(need -> !lacking.containsKey(need))
            .collect(Collectors.toUnmodifiableSet()),
        links,
        missing);
  }

  private static Map<FaultKind, String> missing(
      ExperimentPlan plan, Map<FaultNeed, String> lacking) {
    var missing = new EnumMap<FaultKind, String>(FaultKind.class);
    lacking.forEach((need, why) ->
        plan.faults()
            .all()
            .filter(fault -> has(fault, need))
            .forEach(fault -> missing.put(fault.kind(), why)));
    return missing;
  }

  /// Whether members have network namespaces of their own.
  boolean namespaces() {
    return met.contains(FaultNeed.NAMESPACES);
  }

  /// Whether they have control groups of their own, for processors.
  boolean groups() {
    return met.contains(FaultNeed.CGROUPS);
  }

  private static boolean has(InjectedFault fault, FaultNeed need) {
    return fault.kind().needs().contains(need);
  }

  private static RefusedExperiment nothingLeft(
      ExperimentPlan plan, Map<FaultNeed, String> lacking) {
    return RefusedExperiment.here(
        "no fault of %s can be done here: %s"
            .formatted(
                plan.name(),
                lacking.entrySet().stream()
                    .map(each ->
                        "%s (it takes %s): %s"
                            .formatted(each.getKey().title(), each.getKey().met(), each.getValue()))
                    .collect(Collectors.joining("; "))));
  }

  private static void requireMemberLinks(List<FaultNeed> needs) {
    if (needs.contains(FaultNeed.NAMESPACES)) {
      throw new RefusedExperiment(
          "faults that need network namespaces, and faults on links between members, cannot be in"
              + " one experiment yet: take the ones or the others out of a copy of the file");
    }
    var obstacle = MemberLinks.obstacle();
    if (!obstacle.isEmpty()) {
      throw RefusedExperiment.here(
          "faults on links between members cannot be done here: " + obstacle);
    }
  }

  /// A process has one group, in the second version of them.
  private static void requireOneGroup(ExperimentPlan plan) {
    if (plan.faults().all().anyMatch(fault -> has(fault, FaultNeed.CGROUPS))
        && plan.faults().all().anyMatch(fault -> has(fault, FaultNeed.MEMORY_GROUPS))) {
      throw new RefusedExperiment(
          "starved-cpu and memory-pressure cannot be in one experiment yet: take one of them out of"
              + " a copy of the file");
    }
  }

  List<LeftOut> leftOut() {
    return missing.entrySet().stream()
        .map(each -> new LeftOut(each.getKey().word(), each.getValue()))
        .toList();
  }
}

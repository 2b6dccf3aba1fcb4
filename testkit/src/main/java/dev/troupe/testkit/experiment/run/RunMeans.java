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
import java.util.stream.Stream;

/// What of an experiment can be done on this machine.
///
/// @param namespaces whether members have network namespaces of their own
/// @param groups whether they have control groups of their own
/// @param links on which routes each member has links of its own
/// @param missing kinds of faults that are left out, and why
record RunMeans(
    boolean namespaces, boolean groups, Set<NetworkRoute> links, Map<FaultKind, String> missing) {

  /// What not every machine has.
  private static final List<FaultNeed> RARE = List.of(FaultNeed.NAMESPACES, FaultNeed.CGROUPS);

  /// @param obstacles why something is not to be had here; empty if it is
  /// @throws RefusedExperiment if it asks for something that nobody knows how to do, or nothing of
  ///   it can be done here
  static RunMeans of(ExperimentPlan plan, Function<FaultNeed, String> obstacles) {
    refuseUnknown(plan);
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
    var missing = new EnumMap<FaultKind, String>(FaultKind.class);
    lacking.forEach((need, why) ->
        plan.faults()
            .all()
            .filter(fault -> has(fault, need))
            .forEach(fault -> missing.put(fault.kind(), why)));
    if (!missing.isEmpty()
        && plan.faults().all().allMatch(fault -> missing.containsKey(fault.kind()))) {
      throw nothingLeft(plan, lacking);
    }
    return new RunMeans(
        needs.contains(FaultNeed.NAMESPACES) && !lacking.containsKey(FaultNeed.NAMESPACES),
        needs.contains(FaultNeed.CGROUPS) && !lacking.containsKey(FaultNeed.CGROUPS),
        links,
        missing);
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

  private static void refuseUnknown(ExperimentPlan plan) {
    refuse(
        "fault",
        plan.faults().all().filter(one -> !Injections.isKnown(one)).map(one -> one.kind().word()));
  }

  private static void refuse(String what, Stream<String> unknown) {
    var words = unknown.distinct().sorted().collect(Collectors.joining(", "));
    if (!words.isEmpty()) {
      throw new RefusedExperiment(
          "the %s %s cannot be carried out yet: take it out of a copy of the file, and run that"
              .formatted(what, words));
    }
  }

  List<LeftOut> leftOut() {
    return missing.entrySet().stream()
        .map(each -> new LeftOut(each.getKey().word(), each.getValue()))
        .toList();
  }
}

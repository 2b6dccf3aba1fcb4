package dev.troupe.testkit.experiment.witness;

import dev.troupe.testkit.experiment.witness.Settlement.Want;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What controllers are to see to, and what of it is not done.
///
/// @param families config maps that own each other
/// @param hasNodes whether pods can come to run
record Wants(
    Collection<WitnessedState> families,
    Collection<WitnessedState> deployments,
    Collection<WitnessedState> replicaSets,
    Collection<WitnessedState> pods,
    boolean hasNodes) {

  private static final Set<String> OVER = Set.of("Succeeded", "Failed");

  /// How many there are.
  long count() {
    return deployments.size() + families.stream().filter(one -> !one.owners().isEmpty()).count();
  }

  List<Want> unmet() {
    var unmet = new ArrayList<Want>();
    families(unmet);
    deployments(unmet);
    return unmet;
  }

  private void families(List<Want> unmet) {
    var living = families.stream().map(WitnessedState::uid).collect(Collectors.toSet());
    for (var object : families) {
      boolean isBereft =
          !object.owners().isEmpty() && object.owners().stream().noneMatch(living::contains);
      if (isBereft) {
        unmet.add(
            new Want(
                object.key() + " has lost its owner and is not collected",
                true,
                List.of(object.toString())));
      }
      if (object.deleting() && object.finalizers().isEmpty()) {
        unmet.add(
            new Want(
                object.key() + " is deleted, held by nobody, and there",
                true,
                List.of(object.toString())));
      }
    }
  }

  private void deployments(List<Want> unmet) {
    Map<String, String> deploymentOf = new HashMap<>();
    for (var set : replicaSets) {
      set.owners().forEach(owner -> deploymentOf.put(set.uid(), owner));
    }
    for (var deployment : deployments) {
      var own = pods.stream().filter(pod -> isOf(pod, deployment, deploymentOf)).toList();
      long wanted = deployment.number("wanted");
      boolean isTold =
          deployment.number("observed") >= deployment.number("generation")
              && deployment.number("replicas") == wanted
              && deployment.number("updated") == wanted
              && (!hasNodes || deployment.number("available") == wanted);
      if (!isTold || own.size() != wanted) {
        var objects = new ArrayList<>(List.of(deployment.toString()));
        own.forEach(pod -> objects.add("pod " + pod));
        unmet.add(
            new Want(
                "%s wants %d pods and has %d".formatted(deployment.key(), wanted, own.size()),
                false,
                objects));
      }
    }
  }

  private static boolean isOf(
      WitnessedState pod, WitnessedState deployment, Map<String, String> deploymentOf) {
    return !pod.deleting()
        && !OVER.contains(pod.facts().getOrDefault("phase", ""))
        && pod.owners().stream().anyMatch(set -> deployment.uid().equals(deploymentOf.get(set)));
  }
}

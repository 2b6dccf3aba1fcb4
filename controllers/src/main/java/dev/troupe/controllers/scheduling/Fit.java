package dev.troupe.controllers.scheduling;

import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.TaintBuilder;
import java.util.ArrayList;
import java.util.List;

/// Whether a pod fits a node, and if not, why, in Kubernetes' words.
final class Fit {

  private static final Taint UNSCHEDULABLE =
      new TaintBuilder()
          .withKey("node.kubernetes.io/unschedulable")
          .withEffect("NoSchedule")
          .build();

  private Fit() {}

  /// Cheap and without words: for the nodes that are tried in vain.
  static boolean fits(PodDemand pod, NodeRoom node) {
    var offer = node.offer();
    return !isClosed(pod, offer)
        && (offer.taints().isEmpty() || pod.tolerance().obstacle(offer.taints()).isEmpty())
        && hasRoom(pod, node)
        && pod.affinity().admits(node)
        && !hasPortConflict(pod, node);
  }

  /// The reasons of the first check that fails.
  static List<String> reasons(PodDemand pod, NodeRoom node) {
    var offer = node.offer();
    if (isClosed(pod, offer)) {
      return List.of("node(s) were unschedulable");
    }
    var obstacle = pod.tolerance().obstacle(offer.taints());
    if (obstacle.isPresent()) {
      var taint = obstacle.get();
      return List.of(
          "node(s) had untolerated taint {"
              + taint.getKey()
              + ": "
              + (taint.getValue() == null ? "" : taint.getValue())
              + "}");
    }
    if (!pod.affinity().admits(node)) {
      return List.of("node(s) didn't match Pod's node affinity/selector");
    }
    if (hasPortConflict(pod, node)) {
      return List.of("node(s) didn't have free ports for the requested pod ports");
    }
    return shortages(pod, node);
  }

  private static List<String> shortages(PodDemand pod, NodeRoom node) {
    var shortages = new ArrayList<String>();
    var has = node.offer().allocatable();
    var taken = node.requested();
    var wants = pod.requests();
    if (node.pods() + 1 > node.offer().pods()) {
      shortages.add("Too many pods");
    }
    if (isShort(wants.milliCpu(), taken.milliCpu(), has.milliCpu())) {
      shortages.add("Insufficient cpu");
    }
    if (isShort(wants.memory(), taken.memory(), has.memory())) {
      shortages.add("Insufficient memory");
    }
    if (isShort(wants.storage(), taken.storage(), has.storage())) {
      shortages.add("Insufficient ephemeral-storage");
    }
    wants
        .extended()
        .forEach((name, amount) -> {
          if (isShort(amount, amount(taken, name), amount(has, name))) {
            shortages.add("Insufficient " + name);
          }
        });
    return shortages;
  }

  private static boolean hasRoom(PodDemand pod, NodeRoom node) {
    var has = node.offer().allocatable();
    var taken = node.requested();
    var wants = pod.requests();
    return node.pods() < node.offer().pods()
        && !isShort(wants.milliCpu(), taken.milliCpu(), has.milliCpu())
        && !isShort(wants.memory(), taken.memory(), has.memory())
        && !isShort(wants.storage(), taken.storage(), has.storage())
        && (wants.extended().isEmpty() || hasExtended(wants, taken, has));
  }

  private static boolean hasExtended(
      ResourceAmounts wants, ResourceAmounts taken, ResourceAmounts has) {
    return wants.extended().entrySet().stream()
        .noneMatch(e -> isShort(e.getValue(), amount(taken, e.getKey()), amount(has, e.getKey())));
  }

  private static boolean hasPortConflict(PodDemand pod, NodeRoom node) {
    return !pod.hostPorts().isEmpty() && pod.hostPorts().stream().anyMatch(node::hasHostPort);
  }

  private static boolean isClosed(PodDemand pod, NodeRoom.Offer offer) {
    return offer.unschedulable() && !pod.tolerance().bears(UNSCHEDULABLE);
  }

  private static boolean isShort(long wanted, long taken, long has) {
    return wanted > 0 && wanted > has - taken;
  }

  private static long amount(ResourceAmounts resources, String name) {
    return resources.extended().getOrDefault(name, 0L);
  }
}

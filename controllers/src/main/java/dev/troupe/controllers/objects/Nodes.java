package dev.troupe.controllers.objects;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.Taint;
import java.util.List;
import java.util.Optional;

/// What nodes say about themselves, and what is said about them.
public final class Nodes {

  private Nodes() {}

  public static List<NodeCondition> conditions(Node node) {
    var status = node.getStatus();
    return status == null || status.getConditions() == null ? List.of() : status.getConditions();
  }

  public static Optional<NodeCondition> condition(Node node, String type) {
    return conditions(node).stream().filter(c -> c.getType().equals(type)).findFirst();
  }

  /// The status of the condition `Ready`: `True`, `False` or `Unknown`; empty if it has not been
  /// reported yet.
  public static String readiness(Node node) {
    return condition(node, "Ready").map(NodeCondition::getStatus).orElse("");
  }

  public static List<Taint> taints(Node node) {
    var taints = node.getSpec() == null ? null : node.getSpec().getTaints();
    return taints == null ? List.of() : taints;
  }
}

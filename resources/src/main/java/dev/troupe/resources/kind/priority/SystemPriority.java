package dev.troupe.resources.kind.priority;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The priority classes that every cluster has, for what it cannot be without.
public enum SystemPriority {
  NODE(
      "system-node-critical",
      2_000_001_000,
      "Used for system critical pods that must not be moved from their current node."),
  CLUSTER(
      "system-cluster-critical",
      2_000_000_000,
      "Used for system critical pods that must run in the cluster, but can be moved to another"
          + " node if necessary.");

  private final String className;
  private final int value;
  private final String description;

  SystemPriority(String className, int value, String description) {
    this.className = className;
    this.value = value;
    this.description = description;
  }

  public static Optional<SystemPriority> of(String className) {
    return Stream.of(values()).filter(one -> one.className.equals(className)).findFirst();
  }

  public static List<ObjectNode> objects() {
    return Stream.of(values()).map(SystemPriority::object).toList();
  }

  public int value() {
    return value;
  }

  private ObjectNode object() {
    var object = JsonMapper.shared().createObjectNode();
    object.put("apiVersion", "scheduling.k8s.io/v1").put("kind", "PriorityClass");
    object.putObject("metadata").put("name", className);
    return object.put("value", value).put("description", description);
  }
}

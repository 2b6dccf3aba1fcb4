package dev.troupe.apiserver.admission;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A node port that a service must have before it may be stored.
///
/// One number belongs to one service whatever the protocol; ports of a service that differ in
/// nothing but their protocol share one.
///
/// @param given the number asked for, 0 if any will do
/// @param port the port of the service, [#HEALTH_CHECK] for none of them
/// @param field where the number stands
public record NodePortNeed(int given, int port, String field) {

  /// For what load balancers ask a node whether it has pods of the service.
  public static final int HEALTH_CHECK = 0;

  /// @param spec of a valid service
  /// @param held the numbers that the service has already
  public static List<NodePortNeed> of(JsonNode spec, Set<Integer> held) {
    var needs = new ArrayList<NodePortNeed>();
    var taken = new HashSet<>(held);
    var provided = provided(spec);
    int index = 0;
    for (var port : spec.path("ports")) {
      String field = "spec.ports[" + index++ + "].nodePort";
      int number = number(port, "nodePort");
      if (number != 0) {
        add(new NodePortNeed(number, number(port, "port"), field), taken, needs);
      } else if (allocates(spec) && provided.putIfAbsent(number(port, "port"), 0) == null) {
        needs.add(new NodePortNeed(0, number(port, "port"), field));
      }
    }
    if (isHealthChecked(spec)) {
      int number = number(spec, "healthCheckNodePort");
      add(new NodePortNeed(number, HEALTH_CHECK, "spec.healthCheckNodePort"), taken, needs);
    }
    return needs;
  }

  private static void add(NodePortNeed need, Set<Integer> taken, List<NodePortNeed> needs) {
    if (need.given == 0 || taken.add(need.given)) {
      needs.add(need);
    }
  }

  /// Writes numbers, by the port they are for, where none is given.
  public static void fill(ObjectNode spec, Map<Integer, Integer> numbers) {
    var all = provided(spec);
    all.putAll(numbers);
    for (var each : spec.path("ports")) {
      Integer number = all.get(number(each, "port"));
      if (number != null && each instanceof ObjectNode port && number(port, "nodePort") == 0) {
        port.put("nodePort", number);
      }
    }
    Integer healthCheck = numbers.get(HEALTH_CHECK);
    if (healthCheck != null) {
      spec.put("healthCheckNodePort", healthCheck);
    }
  }

  /// All numbers that a service has.
  public static Set<Integer> numbers(JsonNode spec) {
    var numbers = new HashSet<Integer>();
    spec.path("ports").forEach(port -> numbers.add(number(port, "nodePort")));
    numbers.add(number(spec, "healthCheckNodePort"));
    numbers.remove(0);
    return numbers;
  }

  /// Whether services of this type are reached from outside of the cluster.
  public static boolean isExternal(JsonNode spec) {
    String type = spec.path("type").asString("");
    return type.equals("NodePort") || type.equals("LoadBalancer");
  }

  private static Map<Integer, Integer> provided(JsonNode spec) {
    var provided = new HashMap<Integer, Integer>();
    for (var port : spec.path("ports")) {
      int number = number(port, "nodePort");
      if (number != 0) {
        provided.putIfAbsent(number(port, "port"), number);
      }
    }
    return provided;
  }

  private static boolean allocates(JsonNode spec) {
    return spec.path("type").asString("").equals("NodePort")
        || (isExternal(spec) && spec.path("allocateLoadBalancerNodePorts").asBoolean(true));
  }

  private static boolean isHealthChecked(JsonNode spec) {
    return spec.path("type").asString("").equals("LoadBalancer")
        && spec.path("externalTrafficPolicy").asString("").equals("Local");
  }

  private static int number(JsonNode node, String field) {
    return node.path(field).asInt(0);
  }
}

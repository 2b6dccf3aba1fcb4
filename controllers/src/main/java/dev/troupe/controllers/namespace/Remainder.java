package dev.troupe.controllers.namespace;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a sweep has left: objects by type, finalizers by name with the objects they hold, and what
/// went wrong.
public record Remainder(
    Map<String, Integer> objects, Map<String, Integer> finalizers, List<String> failures) {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /// Reads the result of a sweep.
  public static Remainder parse(String json) {
    var node = MAPPER.readTree(json);
    return new Remainder(
        counts(node.path("remaining")),
        counts(node.path("finalizers")),
        node.path("failures").valueStream().map(JsonNode::asString).toList());
  }

  public boolean isNothing() {
    return objects.isEmpty() && failures.isEmpty();
  }

  public String objectsInWords() {
    return objects.entrySet().stream()
        .map(e -> e.getKey() + " has " + e.getValue() + " resource instances")
        .collect(Collectors.joining(", ", "Some resources are remaining: ", ""));
  }

  public String finalizersInWords() {
    return finalizers.entrySet().stream()
        .map(e -> e.getKey() + " in " + e.getValue() + " resource instances")
        .collect(
            Collectors.joining(
                ", ", "Some content in the namespace has finalizers remaining: ", ""));
  }

  private static Map<String, Integer> counts(JsonNode node) {
    var counts = new TreeMap<String, Integer>();
    node.properties()
        .forEach(entry -> {
          if (entry.getValue().asInt() > 0) {
            counts.put(entry.getKey(), entry.getValue().asInt());
          }
        });
    return counts;
  }
}

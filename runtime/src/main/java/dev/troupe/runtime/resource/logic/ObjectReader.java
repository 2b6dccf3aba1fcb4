package dev.troupe.runtime.resource.logic;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.resources.registry.ResourceType;
import dev.troupe.runtime.resource.StoredResource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reads from an object of one type what must be known of it without decoding it again.
public final class ObjectReader {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /// Name to alternative paths, of which the first that leads to a value counts.
  private final Map<String, List<List<String>>> selectable = new HashMap<>();

  public ObjectReader(ResourceType type) {
    type.selectableFields().forEach((name, paths) -> selectable.put(name, alternatives(paths)));
  }

  private static List<List<String>> alternatives(String paths) {
    return Stream.of(paths.split("\\|")).map(path -> List.of(path.split("\\."))).toList();
  }

  /// @param json a complete object, as it is stored
  public static ObjectNode parse(byte[] json) {
    return (ObjectNode) MAPPER.readTree(json);
  }

  /// A resource from its stored form.
  public StoredResource read(ResourceKey key, long version, byte[] json) {
    var object = parse(json);
    return new StoredResource(
        key,
        object.path("metadata").path("uid").asString(""),
        version,
        json,
        labels(object),
        fields(object),
        ownerUids(object));
  }

  static Map<String, String> labels(ObjectNode object) {
    var labels = object.path("metadata").path("labels");
    if (labels.isEmpty()) {
      return Map.of();
    }
    var result = HashMap.<String, String>newHashMap(labels.size());
    labels.properties().forEach(label -> result.put(label.getKey(), label.getValue().asString("")));
    return Map.copyOf(result);
  }

  static List<String> ownerUids(ObjectNode object) {
    var owners = object.path("metadata").path("ownerReferences");
    if (owners.isEmpty()) {
      return List.of();
    }
    var result = new ArrayList<String>(owners.size());
    owners.forEach(owner -> result.add(owner.path("uid").asString("")));
    return List.copyOf(result);
  }

  Map<String, String> fields(ObjectNode object) {
    if (selectable.isEmpty()) {
      return Map.of();
    }
    var result = HashMap.<String, String>newHashMap(selectable.size());
    selectable.forEach((name, paths) -> result.put(name, firstText(object, paths)));
    return Map.copyOf(result);
  }

  private static String firstText(ObjectNode object, List<List<String>> paths) {
    return paths.stream()
        .map(path -> text(object, path))
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElse("");
  }

  /// Absent and structured values read as empty, as in Kubernetes.
  private static String text(ObjectNode object, List<String> path) {
    JsonNode node = object;
    for (var step : path) {
      node = node.path(step);
    }
    return node.isValueNode() && !node.isNull() ? node.asString("") : "";
  }
}

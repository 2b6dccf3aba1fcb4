package dev.troupe.clusterconfig.command.forecast;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.clusterconfig.command.client.AdminClient;
import dev.troupe.clusterconfig.command.data.CommandFailedException;
import dev.troupe.resources.definition.DefinedType;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.resources.registry.ResourceType;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// All objects of a control plane, as its API tells them, but for Events. They are not of one
/// moment: each collection is as it was when it was read.
///
/// @param registry the types that there are
record ClusterCopy(ResourceRegistry registry, Map<ResourceKey, ObjectNode> objects) {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final TypeRef DEFINITIONS =
      TypeRef.parse("customresourcedefinitions.apiextensions.k8s.io");
  private static final int PAGE = 500;

  /// More are a matter of minutes, and of more memory than a command should take.
  static final int MOST = 20_000;

  /// @throws CommandFailedException if the API refuses, or there is too much
  static ClusterCopy of(AdminClient client) {
    var registry = ResourceRegistry.standard();
    var objects = new LinkedHashMap<ResourceKey, ObjectNode>();
    read(client, registry.find(DEFINITIONS).orElseThrow(), objects);
    registry.define(
        objects.values().stream().filter(ClusterCopy::isServed).map(DefinedType::of).toList());
    for (var type : registry.published()) {
      if (type.stored() && !type.ref().equals(DEFINITIONS) && !isEvents(type)) {
        read(client, type, objects);
      }
    }
    return new ClusterCopy(registry, objects);
  }

  private static boolean isEvents(ResourceType type) {
    return type.ref().plural().equals("events");
  }

  private static boolean isServed(ObjectNode definition) {
    for (var condition : definition.path("status").path("conditions")) {
      if (condition.path("type").asString("").equals("Established")) {
        return condition.path("status").asString("").equals("True");
      }
    }
    return false;
  }

  private static void read(
      AdminClient client, ResourceType type, Map<ResourceKey, ObjectNode> objects) {
    var version = type.storage().apiVersion();
    var path = (version.contains("/") ? "/apis/" : "/api/") + version + "/" + type.ref().plural();
    var next = "";
    do {
      var page = page(client, path + "?limit=" + PAGE + next);
      for (var item : page.path("items")) {
        keep(type, version, (ObjectNode) item, objects);
      }
      var rest = page.path("metadata").path("continue").asString("");
      next = rest.isEmpty() ? "" : "&continue=" + URLEncoder.encode(rest, StandardCharsets.UTF_8);
    } while (!next.isEmpty());
  }

  private static JsonNode page(AdminClient client, String path) {
    var answer =
        client
            .get(path, "application/json")
            .orElseThrow(() -> new CommandFailedException("the API does not answer"));
    if (answer.code() != 200) {
      throw new CommandFailedException(
          "the API refuses %s: %s"
              .formatted(path, JSON.readTree(answer.body()).path("message").asString("")));
    }
    return JSON.readTree(answer.body());
  }

  private static void keep(
      ResourceType type, String version, ObjectNode object, Map<ResourceKey, ObjectNode> objects) {
    object.put("apiVersion", version).put("kind", type.names().kind());
    var metadata = object.path("metadata");
    objects.put(
        new ResourceKey(
            type.ref(),
            metadata.path("namespace").asString(""),
            metadata.path("name").asString("")),
        object);
    if (objects.size() > MOST) {
      throw new CommandFailedException(
          "there are more than %d objects: a forecast is made of a copy of all of them"
              .formatted(MOST));
    }
  }

  /// The type that people call so: by plural, singular, kind or a short name, a group behind a dot.
  ///
  /// @throws CommandFailedException if there is none
  ResourceType called(String word) {
    var found = new ArrayList<ResourceType>();
    for (var type : registry.published()) {
      var names = type.names();
      var all = new ArrayList<>(names.shortNames());
      all.addAll(List.of(names.plural(), names.singular(), names.kind(), type.ref().toString()));
      if (all.stream().anyMatch(word::equalsIgnoreCase)) {
        found.add(type);
      }
    }
    if (found.isEmpty()) {
      throw new CommandFailedException(
          "there is no type \"%s\"; kubectl api-resources lists those that there are"
              .formatted(word));
    }
    return found.getFirst();
  }
}

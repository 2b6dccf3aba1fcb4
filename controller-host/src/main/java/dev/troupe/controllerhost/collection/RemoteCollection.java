package dev.troupe.controllerhost.collection;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.controllerhost.request.ApiPaths;
import dev.troupe.resources.codec.index.IndexEntryReader;
import dev.troupe.resources.registry.ResourceType;
import dev.troupe.runtime.controller.view.ControllerJson;
import dev.troupe.runtime.resource.StoredResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One collection of an API server: where it is, and how its objects are read.
final class RemoteCollection {

  private final ResourceType type;
  private final String apiVersion;
  private final String path;
  private final IndexEntryReader entries;

  /// @param namespace the only one that is looked at; empty for all
  RemoteCollection(ResourceType type, String apiVersion, String namespace) {
    this.type = type;
    this.apiVersion = apiVersion;
    this.path = ApiPaths.collection(type.ref(), apiVersion, type.namespaced() ? namespace : "");
    this.entries = IndexEntryReader.of(type);
  }

  TypeRef type() {
    return type.ref();
  }

  String path() {
    return path;
  }

  /// In a list objects do not say of what kind they are.
  StoredResource listed(ObjectNode object) {
    object.put("apiVersion", apiVersion);
    object.put("kind", type.names().kind());
    return read(object);
  }

  StoredResource read(ObjectNode object) {
    return StoredResource.of(
        key(object), RemoteVersions.of(object), ControllerJson.bytes(object), entries.read(object));
  }

  ResourceKey key(JsonNode object) {
    var metadata = object.path("metadata");
    return new ResourceKey(
        type.ref(), metadata.path("namespace").asString(""), metadata.path("name").asString(""));
  }

  @Override
  public String toString() {
    return type.ref().toString();
  }
}

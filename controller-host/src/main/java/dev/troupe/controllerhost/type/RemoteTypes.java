package dev.troupe.controllerhost.type;

import dev.troupe.api.definition.KindDefinitions;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.definition.DefinedType;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.resources.registry.ResourceType;
import dev.troupe.runtime.controller.view.ControllerJson;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// The types that controllers name by their classes: those of Kubernetes as they are known, others
/// as far as their class tells.
///
/// @param registry all types of Kubernetes, and those that were named
/// @param apiVersions in which version objects are read and written, of those that were named
public record RemoteTypes(ResourceRegistry registry, Map<TypeRef, String> apiVersions) {

  public RemoteTypes {
    apiVersions = Map.copyOf(apiVersions);
  }

  public static RemoteTypes of(Collection<Class<? extends HasMetadata>> named) {
    var registry = ResourceRegistry.standard();
    var defined = new LinkedHashMap<TypeRef, ResourceType>();
    var apiVersions = new LinkedHashMap<TypeRef, String>();
    for (var type : named) {
      var apiVersion = HasMetadata.getApiVersion(type);
      var known = registry.kind(apiVersion, HasMetadata.getKind(type));
      var ref = known.map(ResourceType::ref).orElseGet(() -> TypeRef.of(type));
      if (known.isEmpty()) {
        defined.put(ref, defined(type));
      }
      apiVersions.put(ref, apiVersion);
    }
    registry.define(defined.values());
    return new RemoteTypes(registry, apiVersions);
  }

  @SuppressWarnings("unchecked") // It has just been looked at.
  private static ResourceType defined(Class<? extends HasMetadata> type) {
    if (CustomResource.class.isAssignableFrom(type)) {
      try {
        var kind = (Class<? extends CustomResource<?, ?>>) type.asSubclass(CustomResource.class);
        var definition = KindDefinitions.of(List.of(kind)).getFirst();
        return DefinedType.of((ObjectNode) ControllerJson.tree(definition));
      } catch (IllegalArgumentException noDefinition) {
        return bare(type);
      }
    }
    return bare(type);
  }

  /// As somebody would define it who knows no more of it than its class: any fields, and a status
  /// that is written apart.
  private static ResourceType bare(Class<? extends HasMetadata> type) {
    var definition = ControllerJson.empty();
    definition.putObject("metadata").put("generation", 1);
    var spec = definition.putObject("spec");
    spec.put("group", HasMetadata.getGroup(type));
    spec.put("scope", Namespaced.class.isAssignableFrom(type) ? "Namespaced" : "Cluster");
    spec.putObject("names")
        .put("plural", HasMetadata.getPlural(type))
        .put("singular", HasMetadata.getSingular(type))
        .put("kind", HasMetadata.getKind(type));
    var version = spec.putArray("versions").addObject();
    version.put("name", HasMetadata.getVersion(type)).put("served", true).put("storage", true);
    version.putObject("subresources").putObject("status");
    version
        .putObject("schema")
        .putObject("openAPIV3Schema")
        .put("type", "object")
        .put("x-kubernetes-preserve-unknown-fields", true);
    return DefinedType.of(definition);
  }

  /// @throws IllegalArgumentException if nobody knows the type
  public ResourceType find(TypeRef ref) {
    return registry
        .find(ref)
        .orElseThrow(() -> new IllegalArgumentException("nobody knows a type " + ref));
  }

  /// The version in which objects of a type are read.
  public String apiVersion(TypeRef ref) {
    var named = apiVersions.get(ref);
    return named == null ? find(ref).storage().apiVersion() : named;
  }
}

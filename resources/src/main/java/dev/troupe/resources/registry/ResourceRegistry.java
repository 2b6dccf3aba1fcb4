package dev.troupe.resources.registry;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.schema.Schemas;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// All resource types: those that the API publishes, and those that are kept beside it.
public final class ResourceRegistry {

  private final List<ResourceType> all;
  private final Map<TypeRef, ResourceType> byRef = new HashMap<>();
  private final Map<String, ResourceType> byEndpoint = new HashMap<>();
  private final Map<String, ResourceType> byKind = new HashMap<>();

  public ResourceRegistry(List<ResourceType> all) {
    this.all = List.copyOf(all);
    for (var type : all) {
      byRef.put(type.ref(), type);
      for (var served : type.served()) {
        if (type.published()) {
          byEndpoint.put(served.apiVersion() + "/" + type.names().plural(), type);
        }
        byKind.put(served.apiVersion() + "/" + type.names().kind(), type);
      }
    }
  }

  /// The types that Troupe serves by itself.
  public static ResourceRegistry standard() {
    return Standard.REGISTRY;
  }

  /// These types and one more.
  public ResourceRegistry with(ResourceType type) {
    return new ResourceRegistry(Stream.concat(all.stream(), Stream.of(type)).toList());
  }

  public List<ResourceType> all() {
    return all;
  }

  /// All schemas, those included that kinds bring along.
  public Schemas schemas() {
    return Schemas.standard()
        .with(all.stream().flatMap(type -> type.kind().schemas().stream()).toList());
  }

  /// Those that clients can see.
  public List<ResourceType> published() {
    return all.stream().filter(ResourceType::published).toList();
  }

  /// By the collection that stores it.
  public Optional<ResourceType> find(TypeRef ref) {
    return Optional.ofNullable(byRef.get(ref));
  }

  /// Of those that are published, by the endpoint it is served under: `apps/v1` (or `v1`) and
  /// `deployments`.
  public Optional<ResourceType> endpoint(String apiVersion, String plural) {
    return Optional.ofNullable(byEndpoint.get(apiVersion + "/" + plural));
  }

  /// By `apiVersion` and `kind`, as in an object or an owner reference.
  public Optional<ResourceType> kind(String apiVersion, String kind) {
    return Optional.ofNullable(byKind.get(apiVersion + "/" + kind));
  }

  private static final class Standard {
    private static final ResourceRegistry REGISTRY = new ResourceRegistry(TypeTable.read());
  }
}

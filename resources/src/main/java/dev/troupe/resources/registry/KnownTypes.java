package dev.troupe.resources.registry;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.schema.Schemas;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The resource types that there are at one moment. Immutable: two that are the same object say the
/// same, so that what is made of one can be kept for as long as it is the newest.
public final class KnownTypes {

  private final List<ResourceType> all;
  private final List<ResourceType> published;
  private final Map<TypeRef, ResourceType> byRef = new HashMap<>();
  private final Map<String, ResourceType> byEndpoint = new HashMap<>();
  private final Map<String, ResourceType> byKind = new HashMap<>();

  /// @param all of two that want the same name the first has it
  KnownTypes(List<ResourceType> all) {
    this.all = List.copyOf(all);
    this.published = all.stream().filter(ResourceType::published).toList();
    for (var type : all) {
      byRef.putIfAbsent(type.ref(), type);
      for (var served : type.shown()) {
        if (type.published()) {
          var path = served.apiVersion() + "/" + type.names().plural();
          byEndpoint.putIfAbsent(path, type.at(served.apiVersion()));
        }
        byKind.putIfAbsent(served.apiVersion() + "/" + type.names().kind(), type);
      }
    }
  }

  /// These and more.
  KnownTypes with(Collection<ResourceType> more) {
    return new KnownTypes(Stream.concat(all.stream(), more.stream()).toList());
  }

  public List<ResourceType> all() {
    return all;
  }

  /// Those that clients can see.
  public List<ResourceType> published() {
    return published;
  }

  /// All schemas, those included that kinds bring along.
  public Schemas schemas() {
    return Schemas.standard()
        .with(all.stream().flatMap(type -> type.kind().schemas().stream()).toList());
  }

  /// By the collection that stores it.
  public Optional<ResourceType> find(TypeRef ref) {
    return Optional.ofNullable(byRef.get(ref));
  }

  /// Of those that are published, by the endpoint it is served under: `apps/v1` (or `v1`) and
  /// `deployments`. As it is there.
  public Optional<ResourceType> endpoint(String apiVersion, String plural) {
    return Optional.ofNullable(byEndpoint.get(apiVersion + "/" + plural));
  }

  /// By `apiVersion` and `kind`, as in an object or an owner reference.
  public Optional<ResourceType> kind(String apiVersion, String kind) {
    return Optional.ofNullable(byKind.get(apiVersion + "/" + kind));
  }
}

package dev.troupe.resources.registry;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.schema.Schemas;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// All resource types: those that the API publishes, and those that are kept beside it. Some are
/// there from the beginning, others are defined and taken away while it is asked. Safe for any
/// number of threads; a look-up is one volatile read.
public final class ResourceRegistry {

  private final KnownTypes builtIn;
  private volatile KnownTypes now;

  /// @param builtIn that are always there
  public ResourceRegistry(List<ResourceType> builtIn) {
    this(new KnownTypes(builtIn));
  }

  private ResourceRegistry(KnownTypes builtIn) {
    this.builtIn = builtIn;
    this.now = builtIn;
  }

  /// The types that Troupe serves by itself. Each one that asks may define more, for himself.
  public static ResourceRegistry standard() {
    return new ResourceRegistry(Standard.TYPES);
  }

  /// These types and one more.
  public ResourceRegistry with(ResourceType type) {
    return new ResourceRegistry(builtIn.with(List.of(type)));
  }

  /// From now on there are these beside those that are always there, which nothing takes a name
  /// from.
  public void define(Collection<ResourceType> defined) {
    now = defined.isEmpty() ? builtIn : builtIn.with(defined);
  }

  /// What there is now, for whoever makes something of all of it.
  public KnownTypes now() {
    return now;
  }

  /// What is always there.
  public KnownTypes builtIn() {
    return builtIn;
  }

  public List<ResourceType> all() {
    return now.all();
  }

  /// See [KnownTypes#schemas()].
  public Schemas schemas() {
    return now.schemas();
  }

  /// See [KnownTypes#published()].
  public List<ResourceType> published() {
    return now.published();
  }

  /// See [KnownTypes#find(TypeRef)].
  public Optional<ResourceType> find(TypeRef ref) {
    return now.find(ref);
  }

  /// See [KnownTypes#endpoint(String, String)].
  public Optional<ResourceType> endpoint(String apiVersion, String plural) {
    return now.endpoint(apiVersion, plural);
  }

  /// See [KnownTypes#kind(String, String)].
  public Optional<ResourceType> kind(String apiVersion, String kind) {
    return now.kind(apiVersion, kind);
  }

  private static final class Standard {
    private static final KnownTypes TYPES = new KnownTypes(TypeTable.read());
  }
}

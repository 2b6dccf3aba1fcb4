package dev.troupe.runtime.controller.view;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.resources.registry.ResourceType;
import dev.troupe.resources.registry.ResourceType.Served;
import dev.troupe.resources.schema.shape.MergeShape;
import dev.troupe.resources.schema.shape.SchemaShapes;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.concurrent.ConcurrentHashMap;

/// From the classes that controllers are written against to the collections that store them.
public final class Types {

  private final ResourceRegistry registry;
  private final ConcurrentHashMap<Class<?>, TypeRef> byClass = new ConcurrentHashMap<>();
  private final SchemaShapes builtIn;

  public Types(ResourceRegistry registry) {
    this.registry = registry;
    this.builtIn = new SchemaShapes(registry.builtIn().schemas());
  }

  public ResourceRegistry registry() {
    return registry;
  }

  /// Whether the class stands for objects of every type.
  public static boolean any(Class<?> type) {
    return type == GenericKubernetesResource.class || type == HasMetadata.class;
  }

  /// A custom resource need not be served yet: its class says where it will be.
  ///
  /// @throws IllegalArgumentException if no such type is served, nor can be defined
  public TypeRef of(Class<? extends HasMetadata> type) {
    return byClass.computeIfAbsent(type, _ -> ref(type));
  }

  private TypeRef ref(Class<? extends HasMetadata> type) {
    return CustomResource.class.isAssignableFrom(type)
        ? TypeRef.of(type)
        : find(HasMetadata.getApiVersion(type), HasMetadata.getKind(type)).ref();
  }

  /// @throws IllegalArgumentException if its type is not served
  public ResourceType of(HasMetadata object) {
    return find(object.getApiVersion(), object.getKind());
  }

  /// @throws IllegalArgumentException if no such type is served
  public ResourceType of(TypeRef ref) {
    return registry
        .find(ref)
        .orElseThrow(() -> new IllegalArgumentException("no resource type " + ref + " is served"));
  }

  /// How objects like this one are merged, in the version that it is in.
  ///
  /// @throws IllegalArgumentException if its type is not served
  public MergeShape shape(HasMetadata object) {
    var type = of(object);
    var apiVersion = object.getApiVersion();
    return type.kind()
        .mergeShape(apiVersion)
        .orElseGet(() -> builtIn.of(served(type, apiVersion).schemaType()));
  }

  private static Served served(ResourceType type, String apiVersion) {
    return type.served().stream()
        .filter(one -> one.apiVersion().equals(apiVersion))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(type.ref() + " is not served as " + apiVersion));
  }

  boolean namespaced(Class<? extends HasMetadata> type) {
    return CustomResource.class.isAssignableFrom(type)
        ? Namespaced.class.isAssignableFrom(type)
        : of(of(type)).namespaced();
  }

  public ResourceKey key(HasMetadata object) {
    var type = of(object);
    var namespace = type.namespaced() ? object.getMetadata().getNamespace() : "";
    return new ResourceKey(
        type.ref(), namespace == null ? "" : namespace, object.getMetadata().getName());
  }

  private ResourceType find(String apiVersion, String kind) {
    return registry
        .kind(apiVersion, kind)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "no resource type " + apiVersion + " " + kind + " is served"));
  }
}

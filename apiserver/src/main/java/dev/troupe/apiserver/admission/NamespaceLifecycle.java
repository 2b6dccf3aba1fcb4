package dev.troupe.apiserver.admission;

import dev.troupe.api.refusal.CauseType;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.apiserver.status.RefusedException;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.resources.mutation.Refusal.FieldCause;
import dev.troupe.resources.registry.ResourceType;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.resource.StoredResource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Objects are created in namespaces that exist and are not on their way out, and the first
/// namespaces stay for ever.
public final class NamespaceLifecycle {

  private static final TypeRef NAMESPACES = TypeRef.core("namespaces");
  private static final Set<String> IMMORTAL = Set.of("default", "kube-system", "kube-public");

  private final Resources resources;

  public NamespaceLifecycle(Resources resources) {
    this.resources = resources;
  }

  /// Lets a creation pass.
  ///
  /// @return the uid of the namespace, which the resource is told; empty for cluster-scoped types.
  ///   Fails with [RefusedException]
  public CompletionStage<Optional<String>> admit(
      ResourceType type, String namespace, ResourceKey key) {
    if (!type.namespaced()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    return find(namespace)
        .thenApply(found -> {
          if (isTerminating(found)) {
            throw new RefusedException(terminating(key));
          }
          return Optional.of(found.uid());
        });
  }

  /// Lets an update pass that creates the object if there is none.
  public CompletionStage<Optional<String>> admitUpdate(
      ResourceType type, String namespace, ResourceKey key) {
    if (!type.namespaced()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    return find(namespace)
        .thenCompose(found -> {
          if (!isTerminating(found)) {
            return CompletableFuture.completedFuture(Optional.of(found.uid()));
          }
          return resources
              .snapshot(key.type(), namespace)
              .thenApply(state -> {
                if (state.get(namespace, key.name()).isEmpty()) {
                  throw new RefusedException(terminating(key));
                }
                return Optional.of(found.uid());
              });
        });
  }

  /// @throws RefusedException with 403 if the object is a namespace that may not be deleted
  public static void checkDeletion(ResourceKey key) {
    if (key.type().equals(NAMESPACES) && IMMORTAL.contains(key.name())) {
      throw new RefusedException(
          Refusal.forbidden(key, "this namespace may not be deleted", List.of()));
    }
  }

  private CompletionStage<StoredResource> find(String namespace) {
    return resources
        .snapshot(NAMESPACES, null)
        .thenApply(state ->
            state
                .get("", namespace)
                .orElseThrow(() ->
                    new RefusedException(
                        Refusal.notFound(new ResourceKey(NAMESPACES, "", namespace)))));
  }

  private static boolean isTerminating(StoredResource namespace) {
    return "Terminating".equals(namespace.fields().get("status.phase"));
  }

  private static Refusal terminating(ResourceKey key) {
    String namespace = key.namespace();
    return Refusal.forbidden(
        key,
        "unable to create new content in namespace "
            + namespace
            + " because it is being terminated",
        List.of(
            new FieldCause(
                CauseType.NAMESPACE_TERMINATING,
                "namespace " + namespace + " is being terminated",
                "metadata.namespace")));
  }
}

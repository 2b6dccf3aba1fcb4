package dev.troupe.clusterconfig.assembly;

import dev.troupe.controllers.BuiltInControllers;
import dev.troupe.controllers.definition.TakenNames;
import dev.troupe.controllers.garbagecollection.OwnerTypes;
import dev.troupe.controllers.garbagecollection.OwnerTypes.OwnerType;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.resources.registry.ResourceType;
import java.util.HashSet;
import java.util.List;

/// Kubernetes' own controllers, for the types of a registry.
public final class KubernetesControllers {

  private KubernetesControllers() {}

  /// @param rootCertificate the PEM text of the cluster's authority
  public static BuiltInControllers of(ResourceRegistry registry, String rootCertificate) {
    return BuiltInControllers.all(
        new BuiltInControllers.Settings(
            rootCertificate, ownerTypes(registry), group -> taken(registry, group)));
  }

  /// What is there without a definition.
  private static TakenNames taken(ResourceRegistry registry, String group) {
    var resources = new HashSet<String>();
    var kinds = new HashSet<String>();
    for (var type : registry.builtIn().all()) {
      if (type.served().stream().anyMatch(served -> served.group().equals(group))) {
        var names = type.names();
        resources.addAll(names.shortNames());
        resources.addAll(List.of(names.plural(), names.singular()));
        kinds.addAll(List.of(names.kind(), names.listKind()));
      }
    }
    return new TakenNames(resources, kinds);
  }

  /// A version that is not served counts as a kind that is not.
  private static OwnerTypes ownerTypes(ResourceRegistry registry) {
    return (apiVersion, kind) ->
        registry
            .kind(apiVersion, kind)
            .filter(ResourceType::published)
            .map(type -> new OwnerType(type.ref(), type.namespaced(), type.kind().isDefined()));
  }
}

package dev.troupe.resources.kind;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.defaults.Defaults;
import dev.troupe.resources.kind.config.SecretDefaults;
import dev.troupe.resources.kind.namespace.NamespaceDefaults;
import dev.troupe.resources.kind.network.EndpointSliceDefaults;
import dev.troupe.resources.kind.network.ServiceDefaults;
import dev.troupe.resources.kind.node.NodeDefaults;
import dev.troupe.resources.kind.pod.PodAdmission;
import dev.troupe.resources.kind.pod.PodDefaults;
import dev.troupe.resources.kind.workload.DeploymentDefaults;
import dev.troupe.resources.kind.workload.ReplicaSetDefaults;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// The defaults of every kind that has some.
public final class StandardDefaults {

  private static final Defaults NONE = _ -> {};

  private static final Map<TypeRef, Defaults> BY_TYPE =
      Map.of(
          TypeRef.core("pods"),
          new PodDefaults(),
          TypeRef.core("services"),
          new ServiceDefaults(),
          TypeRef.core("secrets"),
          new SecretDefaults(),
          TypeRef.core("namespaces"),
          new NamespaceDefaults(),
          TypeRef.core("nodes"),
          new NodeDefaults(),
          new TypeRef("apps", "deployments"),
          new DeploymentDefaults(),
          new TypeRef("apps", "replicasets"),
          new ReplicaSetDefaults(),
          new TypeRef("discovery.k8s.io", "endpointslices"),
          new EndpointSliceDefaults());

  private static final Map<TypeRef, Defaults> ON_CREATION =
      Map.of(TypeRef.core("pods"), new PodAdmission());

  private StandardDefaults() {}

  /// Whenever an object is written.
  public static void complete(TypeRef type, ObjectNode object) {
    BY_TYPE.getOrDefault(type, NONE).complete(object);
  }

  /// When an object is created: what Kubernetes' admission plugins and strategies add.
  public static void admit(TypeRef type, ObjectNode object) {
    ON_CREATION.getOrDefault(type, NONE).complete(object);
  }
}

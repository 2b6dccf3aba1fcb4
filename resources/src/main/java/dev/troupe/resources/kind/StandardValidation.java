package dev.troupe.resources.kind;

import static java.util.Map.entry;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.kind.config.ConfigMapValidation;
import dev.troupe.resources.kind.config.SecretValidation;
import dev.troupe.resources.kind.event.EventValidation;
import dev.troupe.resources.kind.namespace.NamespaceValidation;
import dev.troupe.resources.kind.network.EndpointSliceValidation;
import dev.troupe.resources.kind.network.IpAddressValidation;
import dev.troupe.resources.kind.network.ServiceValidation;
import dev.troupe.resources.kind.node.LeaseValidation;
import dev.troupe.resources.kind.node.NodeValidation;
import dev.troupe.resources.kind.pod.PodValidation;
import dev.troupe.resources.kind.workload.DeploymentValidation;
import dev.troupe.resources.kind.workload.ReplicaSetValidation;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.MetadataValidation;
import dev.troupe.resources.validation.Validation;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// The rules of every kind.
public final class StandardValidation {

  private static final Validation NONE = (_, _) -> {};

  private static final Map<TypeRef, Validation> BY_TYPE =
      Map.ofEntries(
          entry(TypeRef.core("pods"), new PodValidation()),
          entry(TypeRef.core("services"), new ServiceValidation()),
          entry(TypeRef.core("configmaps"), new ConfigMapValidation()),
          entry(TypeRef.core("secrets"), new SecretValidation()),
          entry(TypeRef.core("namespaces"), new NamespaceValidation()),
          entry(TypeRef.core("nodes"), new NodeValidation()),
          entry(TypeRef.core("events"), new EventValidation()),
          entry(new TypeRef("apps", "deployments"), new DeploymentValidation()),
          entry(new TypeRef("apps", "replicasets"), new ReplicaSetValidation()),
          entry(new TypeRef("coordination.k8s.io", "leases"), new LeaseValidation()),
          entry(new TypeRef("discovery.k8s.io", "endpointslices"), new EndpointSliceValidation()),
          entry(new TypeRef("networking.k8s.io", "ipaddresses"), new IpAddressValidation()));

  private StandardValidation() {}

  public static void checkNew(
      TypeRef type, boolean namespaced, ObjectNode object, FieldErrors errors) {
    MetadataValidation.check(type, namespaced, object, errors);
    rules(type).check(object, errors);
  }

  /// @param rules whether the rules of the kind are checked, beside those of metadata
  public static void checkChange(
      TypeRef type,
      boolean namespaced,
      boolean rules,
      ObjectNode object,
      ObjectNode old,
      FieldErrors errors) {
    MetadataValidation.check(type, namespaced, object, errors);
    if (rules) {
      rules(type).check(object, errors);
      rules(type).checkChange(object, old, errors);
    }
  }

  private static Validation rules(TypeRef type) {
    return BY_TYPE.getOrDefault(type, NONE);
  }
}

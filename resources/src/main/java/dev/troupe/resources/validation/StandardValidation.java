package dev.troupe.resources.validation;

import static java.util.Map.entry;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.registry.ResourceType;
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

  public static void checkNew(ResourceType type, ObjectNode object, FieldErrors errors) {
    MetadataValidation.check(type, object, errors);
    rules(type).check(object, errors);
  }

  /// @param subresource the part that was written; the spec is not checked again if it was not
  public static void checkChange(
      ResourceType type,
      String subresource,
      ObjectNode object,
      ObjectNode old,
      FieldErrors errors) {
    MetadataValidation.check(type, object, errors);
    if (subresource.isEmpty() || subresource.equals("scale") || subresource.equals("finalize")) {
      rules(type).check(object, errors);
      rules(type).checkChange(object, old, errors);
    }
  }

  private static Validation rules(ResourceType type) {
    return BY_TYPE.getOrDefault(type.ref(), NONE);
  }
}

package dev.troupe.resources.kind.container;

import java.util.Optional;
import java.util.Set;

/// The fields of a pod that its containers can be told.
public final class FieldReference {

  private static final Set<String> FIELDS =
      Set.of(
          "metadata.name",
          "metadata.namespace",
          "metadata.uid",
          "metadata.labels",
          "metadata.annotations",
          "spec.nodeName",
          "spec.serviceAccountName",
          "status.hostIP",
          "status.hostIPs",
          "status.podIP",
          "status.podIPs");

  private FieldReference() {}

  public static Optional<String> check(String path) {
    boolean entry =
        (path.startsWith("metadata.labels['") || path.startsWith("metadata.annotations['"))
            && path.endsWith("']");
    return entry || FIELDS.contains(path)
        ? Optional.empty()
        : Optional.of("error converting fieldPath: field label not supported: " + path);
  }
}

package dev.troupe.resources.validation;

import java.util.Optional;
import java.util.Set;

/// The fields of a pod that its containers can be told.
final class FieldReference {

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

  static Optional<String> check(String path) {
    boolean entry =
        (path.startsWith("metadata.labels['") || path.startsWith("metadata.annotations['"))
            && path.endsWith("']");
    return entry || FIELDS.contains(path)
        ? Optional.empty()
        : Optional.of("error converting fieldPath: field label not supported: " + path);
  }
}

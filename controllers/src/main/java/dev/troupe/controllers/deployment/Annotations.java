package dev.troupe.controllers.deployment;

import java.util.Map;
import java.util.Set;

/// The annotations by which a deployment and its replica sets keep their revisions.
final class Annotations {

  static final String REVISION = "deployment.kubernetes.io/revision";
  static final String REVISION_HISTORY = "deployment.kubernetes.io/revision-history";
  static final String DESIRED_REPLICAS = "deployment.kubernetes.io/desired-replicas";
  static final String MAX_REPLICAS = "deployment.kubernetes.io/max-replicas";

  /// What a replica set does not take over from its deployment.
  static final Set<String> NOT_COPIED =
      Set.of(
          "kubectl.kubernetes.io/last-applied-configuration",
          "deprecated.deployment.rollback.to",
          REVISION,
          REVISION_HISTORY,
          DESIRED_REPLICAS,
          MAX_REPLICAS);

  private Annotations() {}

  /// The revision that a replica set has; 0 if it has none. Revisions have 64 bits.
  static long revision(Map<String, String> annotations) {
    var text = annotations.get(REVISION);
    try {
      return text == null ? 0 : Long.parseLong(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /// The size that an annotation holds, or `otherwise`.
  static int size(Map<String, String> annotations, String name, int otherwise) {
    var text = annotations.get(name);
    try {
      return text == null ? otherwise : Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }
}

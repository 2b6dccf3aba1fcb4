package dev.troupe.resources.kind.workload;

import java.util.List;

/// What the group `apps` does with metadata.
final class WorkloadMetadata {

  static final List<String> KEPT_BY_STATUS = List.of("labels", "ownerReferences");

  private WorkloadMetadata() {}
}

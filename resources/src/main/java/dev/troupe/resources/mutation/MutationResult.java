package dev.troupe.resources.mutation;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// What a mutation comes to. Objects are in the stored version and complete but for
/// `metadata.resourceVersion`, which the caller sets on what it stores.
public sealed interface MutationResult {

  /// The object shall be stored. `created` tells a new object from a changed one.
  record Stored(ObjectNode object, boolean created, List<String> warnings)
      implements MutationResult {}

  /// The object is as wanted already: nothing is stored, no version is taken.
  record Unchanged(ObjectNode object, List<String> warnings) implements MutationResult {}

  /// The object shall go; `last` is its last content.
  record Removed(ObjectNode last, List<String> warnings) implements MutationResult {}

  record Refused(Refusal refusal) implements MutationResult {}
}

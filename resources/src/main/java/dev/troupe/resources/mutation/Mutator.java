package dev.troupe.resources.mutation;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Applies mutations: patches, defaults, validates, keeps the rules of metadata, finalizers and
/// deletion. Pure; safe for any number of threads.
public interface Mutator {

  /// @param current the stored object, null if there is none; it is not modified
  MutationResult apply(@Nullable ObjectNode current, MutationRequest request);
}

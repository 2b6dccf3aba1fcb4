package dev.troupe.runtime.resource;

import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.runtime.store.WriteCause;
import java.time.Instant;

/// A mutation on its way to its resource.
///
/// @param mutationKey a deterministic key under which a controller may repeat the write and get the
///   first answer; empty for everybody else
/// @param seen the highest version that the writing controller or member has seen; 0 if none
/// @param deadline after it the resource refuses the write, so that an answer is known to be final
///   then
public record WriteRequest(
    MutationRequest mutation, WriteCause cause, String mutationKey, long seen, Instant deadline) {

  /// The same write of somebody who has seen a version.
  public WriteRequest behind(long version) {
    return version <= seen
        ? this
        : new WriteRequest(mutation, cause, mutationKey, version, deadline);
  }

  /// The same write for something else.
  public WriteRequest with(MutationRequest other) {
    return new WriteRequest(other, cause, mutationKey, seen, deadline);
  }
}

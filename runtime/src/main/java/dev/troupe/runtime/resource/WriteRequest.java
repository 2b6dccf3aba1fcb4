package dev.troupe.runtime.resource;

import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.runtime.store.WriteCause;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A mutation on its way to its resource.
///
/// @param mutationKey a deterministic key under which a controller may repeat the write and get the
///   first answer; empty for everybody else
/// @param seen the highest version that the writing controller or member has seen; 0 if none
/// @param deadline after it the resource refuses the write, so that an answer is known to be final
///   then
/// @param host whose write it is, if a controller has decided it; null for those of people and of
///   the platform
public record WriteRequest(
    MutationRequest mutation,
    WriteCause cause,
    String mutationKey,
    long seen,
    Instant deadline,
    @Nullable HostIdentity host) {

  /// One that no controller has decided.
  public WriteRequest(
      MutationRequest mutation, WriteCause cause, String mutationKey, long seen, Instant deadline) {
    this(mutation, cause, mutationKey, seen, deadline, null);
  }

  /// The same write of somebody who has seen a version.
  public WriteRequest behind(long version) {
    return version <= seen
        ? this
        : new WriteRequest(mutation, cause, mutationKey, version, deadline, host);
  }

  /// The same write for something else.
  public WriteRequest with(MutationRequest other) {
    return new WriteRequest(other, cause, mutationKey, seen, deadline, host);
  }

  /// The same write on behalf of a host, or of none.
  public WriteRequest of(@Nullable HostIdentity sender) {
    return new WriteRequest(mutation, cause, mutationKey, seen, deadline, sender);
  }
}

package dev.troupe.runtime.resource;

import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.runtime.store.WriteCause;
import dev.troupe.runtime.trace.TraceContext;
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
/// @param trace to what of which trace its steps belong; null if nobody records any
public record WriteRequest(
    MutationRequest mutation,
    WriteCause cause,
    String mutationKey,
    long seen,
    Instant deadline,
    @Nullable HostIdentity host,
    @Nullable TraceContext trace) {

  /// One that no controller has decided, and of no trace.
  public WriteRequest(
      MutationRequest mutation, WriteCause cause, String mutationKey, long seen, Instant deadline) {
    this(mutation, cause, mutationKey, seen, deadline, null, null);
  }

  /// The same write of somebody who has seen a version.
  public WriteRequest behind(long version) {
    return version <= seen
        ? this
        : new WriteRequest(mutation, cause, mutationKey, version, deadline, host, trace);
  }

  /// The same write for something else.
  public WriteRequest with(MutationRequest other) {
    return new WriteRequest(other, cause, mutationKey, seen, deadline, host, trace);
  }

  /// The same write on behalf of a host, or of none.
  public WriteRequest of(@Nullable HostIdentity sender) {
    return new WriteRequest(mutation, cause, mutationKey, seen, deadline, sender, trace);
  }

  /// The same write as part of another step of its trace, or of none.
  public WriteRequest in(@Nullable TraceContext step) {
    return new WriteRequest(mutation, cause, mutationKey, seen, deadline, host, step);
  }
}

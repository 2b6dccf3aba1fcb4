package dev.troupe.runtime.resource.logic;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.resource.Recipient;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;

/// A write that a partition has taken and not answered yet: what it remembers of it, and what the
/// resource is given to decide.
///
/// @param number what the partition knows it by, in the order in which it took them
/// @param replyTo is told by the partition, never by the resource
/// @param namespaceClosed whether creates with the request's namespace uid were over when it was
///   given to the resource
public record Order(
    long number, WriteRequest request, Recipient<WriteReply> replyTo, boolean namespaceClosed)
    implements ResourceMessage {

  public ResourceKey key() {
    return request.mutation().key();
  }

  /// The same for a resource that is asked later.
  public Order closed(boolean isClosed) {
    return isClosed == namespaceClosed ? this : new Order(number, request, replyTo, isClosed);
  }
}

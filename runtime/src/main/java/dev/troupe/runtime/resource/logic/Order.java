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
/// @param closing what had been closed to new objects when it was given to the resource
public record Order(long number, WriteRequest request, Recipient<WriteReply> replyTo, Shut closing)
    implements ResourceMessage {

  /// What takes no new objects any more.
  public enum Shut {
    NOTHING,
    /// The one whose uid the request carries.
    NAMESPACE,
    /// The type itself, as its definition is being deleted.
    TYPE
  }

  public ResourceKey key() {
    return request.mutation().key();
  }

  /// The same for a resource that is asked later.
  public Order closed(Shut now) {
    return now == closing ? this : new Order(number, request, replyTo, now);
  }
}

package dev.troupe.runtime.collection.protocol;

import dev.troupe.runtime.store.PartitionId;

/// An item on its way to one follower.
///
/// @param attempt the attempt to follow that it belongs to
/// @param sent how many changes have been sent in this attempt, this one included
public record StreamedItem(long attempt, long sent, StreamItem item) {

  /// The same of a partition that is known here, by whose words others know it, too.
  public StreamedItem of(PartitionId own) {
    return new StreamedItem(attempt, sent, item.of(own));
  }
}

package dev.troupe.persistence.format;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.PartitionId;

/// What an index needs of a stored event: the beginning of its bytes.
public record EventHeader(
    ResourceKey key,
    PartitionId partition,
    EventRecord.Type type,
    long epoch,
    long version,
    long sequence)
    implements ReplayedEntry {

  public static EventHeader of(EventRecord event) {
    return new EventHeader(
        event.key(),
        event.partition(),
        event.type(),
        event.epoch(),
        event.version(),
        event.sequence());
  }
}

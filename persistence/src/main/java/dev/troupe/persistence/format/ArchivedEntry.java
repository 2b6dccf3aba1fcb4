package dev.troupe.persistence.format;

import dev.troupe.runtime.store.EventRecord;

/// What a copy of a whole store is made of, whatever its engine.
public sealed interface ArchivedEntry
    permits ArchivedEntry.Event, LogEntry.PartitionState, LogEntry.CollectionState {

  record Event(EventRecord event) implements ArchivedEntry {}
}

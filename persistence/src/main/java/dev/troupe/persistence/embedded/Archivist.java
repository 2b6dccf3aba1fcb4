package dev.troupe.persistence.embedded;

import dev.troupe.persistence.embedded.commit.Commit;
import dev.troupe.persistence.embedded.index.EventIndex;
import dev.troupe.persistence.embedded.index.PartitionLedger;
import dev.troupe.persistence.embedded.log.Purpose;
import dev.troupe.persistence.embedded.log.SegmentLog;
import dev.troupe.persistence.format.ArchivedEntry;
import dev.troupe.persistence.format.ArchivedEntry.Event;
import dev.troupe.persistence.format.LogEntry.CollectionState;
import dev.troupe.persistence.format.LogEntry.PartitionState;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.StoreException;
import java.io.IOException;
import java.util.List;

/// Gives the log of a moment to be copied, and takes in what was copied elsewhere.
final class Archivist {

  private final SegmentLog log;
  private final PartitionLedger ledger;
  private final EventIndex index;

  Archivist(SegmentLog log, PartitionLedger ledger, EventIndex index) {
    this.log = log;
    this.ledger = ledger;
    this.index = index;
  }

  /// Called when everything is committed.
  LogCopy copy() {
    return new LogCopy(log.segments().values(), log.place(), ledger.states(), index.states());
  }

  /// @param first whether nothing was restored before
  /// @throws StoreException if there is something already
  void restore(boolean first, List<ArchivedEntry> entries, Commit commit) throws IOException {
    if (first) {
      refuseUnlessEmpty();
    }
    for (var entry : entries) {
      restore(entry, commit);
    }
  }

  private void refuseUnlessEmpty() {
    boolean empty =
        ledger.states().isEmpty()
            && index.states().stream().allMatch(state -> state.partitions() == 0);
    if (!empty) {
      throw new StoreException("the event store is not empty: restore into a new one");
    }
  }

  private void restore(ArchivedEntry entry, Commit commit) throws IOException {
    switch (entry) {
      case Event(var event) -> restore(event, commit);
      case PartitionState state -> {
        commit.add(Purpose.EVENTS, List.of(state));
        ledger.set(state);
      }
      case CollectionState state -> commit.add(Purpose.EVENTS, List.of(state));
    }
  }

  private void restore(EventRecord event, Commit commit) throws IOException {
    if (index.position(event.partition().collection(), event.version()) == null) {
      commit.move(event);
      ledger.stored(event.partition(), event.version());
    }
  }
}

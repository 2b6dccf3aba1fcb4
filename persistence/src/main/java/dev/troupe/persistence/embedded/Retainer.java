package dev.troupe.persistence.embedded;

import static java.util.Objects.requireNonNull;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.persistence.embedded.EventIndex.Pointers;
import dev.troupe.persistence.format.LogEntry.Pruned;
import dev.troupe.persistence.format.LogEntry.Removed;
import dev.troupe.persistence.format.LogEntry.Trimmed;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore.Retention;
import dev.troupe.runtime.store.NotStoredException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Applies retention to the index, and removes the oldest segments when little in them is needed:
/// that little is written again at the end of the log.
final class Retainer {

  /// A segment goes when not more than this part of it has to be written again.
  private static final int NEEDED_PART = 4;

  /// As many segments as this go at one time, so that appends do not wait for long.
  private static final int MOST_SEGMENTS = 8;

  /// As many versions as this are removed with one entry, which takes less than so many bytes for
  /// each.
  private static final int MOST_VERSIONS = 1 << 16;

  private static final int VERSION_ROOM = 16;

  private final Log log;
  private final PartitionLedger ledger;
  private final EventIndex index;
  private final InstantSource clock;

  Retainer(Log log, PartitionLedger ledger, EventIndex index, InstantSource clock) {
    this.log = log;
    this.ledger = ledger;
    this.index = index;
    this.clock = clock;
  }

  void prune(Retention retention, Commit commit) throws IOException {
    for (var collection : index.states()) {
      remove(index.removable(rule(collection.collection(), retention)), commit);
    }
    trim(commit);
  }

  /// Part by part, so that each fits into a segment.
  private void remove(Removed removed, Commit commit) throws IOException {
    int length = Math.clamp(log.maxFrame() / VERSION_ROOM, 1, MOST_VERSIONS);
    var versions = removed.versions();
    for (int from = 0; from < versions.length; from += length) {
      var some = Arrays.copyOfRange(versions, from, Math.min(versions.length, from + length));
      var part = new Removed(removed.collection(), removed.horizon(), some);
      commit.add(Purpose.UPKEEP, List.of(part));
      commit.now();
      index.remove(part);
      log.reached(Moment.PRUNE_REMOVED);
    }
  }

  private Pruned rule(TypeRef collection, Retention retention) {
    var rule = retention.of(collection);
    return new Pruned(collection, clock.millis(), rule.age().toMillis(), rule.perResource());
  }

  private void trim(Commit commit) throws IOException {
    long first = log.firstSegment();
    for (int i = 0; i < MOST_SEGMENTS && first < log.activeSegment(); i++) {
      var needed = new ArrayList<EventRecord>();
      if (!isCheap(first, needed) || !move(needed, commit)) {
        break;
      }
      log.reached(Moment.PRUNE_MOVED);
      first++;
    }
    if (first > log.firstSegment()) {
      commit.add(Purpose.UPKEEP, stateOfEverything(first));
      commit.now();
      log.reached(Moment.PRUNE_TRIMMED);
      log.trim(first);
    }
  }

  /// Writes events again.
  ///
  /// @return false if there was no room for all; it does no harm that some are there twice
  private static boolean move(List<EventRecord> events, Commit commit) throws IOException {
    boolean all = true;
    try {
      for (var event : events) {
        commit.move(event);
      }
    } catch (NotStoredException full) {
      all = false;
    }
    commit.now();
    return all;
  }

  /// @param needed is given the events to write again
  private boolean isCheap(long segment, List<EventRecord> needed) {
    long bound = requireNonNull(log.segments().get(segment)).size() / NEEDED_PART;
    // No event is smaller than its header, so more pointers cannot be cheap.
    Pointers pointers = index.below(segment + 1, (int) (bound / Frame.ENTRY_HEADER) + 1);
    var reader = new EventReader(log);
    long bytes = 0;
    for (int i = 0; i < pointers.size() && bytes <= bound; i++) {
      var event = reader.read(pointers.positions()[i], pointers.versions()[i]);
      bytes += event.body().length + (long) Frame.ENTRY_HEADER;
      needed.add(event);
    }
    return bytes <= bound;
  }

  private List<Object> stateOfEverything(long firstSegment) {
    var entries = new ArrayList<Object>(ledger.states());
    entries.addAll(index.states());
    entries.add(new Trimmed(firstSegment));
    return entries;
  }
}

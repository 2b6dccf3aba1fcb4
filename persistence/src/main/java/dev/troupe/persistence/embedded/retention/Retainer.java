package dev.troupe.persistence.embedded.retention;

import static java.util.Objects.requireNonNull;

import com.esotericsoftware.kryo.io.Input;
import dev.troupe.persistence.embedded.commit.Commit;
import dev.troupe.persistence.embedded.files.Moment;
import dev.troupe.persistence.embedded.index.EventIndex;
import dev.troupe.persistence.embedded.index.IndexFlusher;
import dev.troupe.persistence.embedded.index.PartitionLedger;
import dev.troupe.persistence.embedded.log.EventReader;
import dev.troupe.persistence.embedded.log.Frame;
import dev.troupe.persistence.embedded.log.LogPosition;
import dev.troupe.persistence.embedded.log.Purpose;
import dev.troupe.persistence.embedded.log.Segment;
import dev.troupe.persistence.embedded.log.SegmentLog;
import dev.troupe.persistence.format.EventHeader;
import dev.troupe.persistence.format.LogEntry;
import dev.troupe.persistence.format.LogEntry.Removed;
import dev.troupe.persistence.format.LogEntry.Trimmed;
import dev.troupe.persistence.format.StoredFormat;
import dev.troupe.runtime.store.NotStoredException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Applies retention to the index, and removes the oldest segments when little in them is needed:
/// that little is written again at the end of the log. Then it gives back the memory that reading
/// the log took, and that of the index if little goes on.
public final class Retainer {

  /// A segment goes when not more than this part of it has to be written again.
  private static final int NEEDED_PART = 4;

  /// As many segments as this go at one time, so that appends do not wait for long.
  private static final int MOST_SEGMENTS = 8;

  /// As many versions as this are removed with one entry, which takes less than so many bytes for
  /// each.
  private static final int MOST_VERSIONS = 1 << 16;

  private static final int VERSION_ROOM = 16;

  private final SegmentLog log;
  private final PartitionLedger ledger;
  private final EventIndex index;
  private final IndexFlusher flusher;
  private final StoredFormat format = new StoredFormat();

  /// The oldest segment, if too much of it was needed when it was read last.
  private long stays = -1;

  /// An event that has to be written again, as a place: of a segment full of them, the events
  /// themselves would take as much memory as the segment.
  private record Needed(long position, long version) {}

  public Retainer(SegmentLog log, PartitionLedger ledger, EventIndex index, IndexFlusher flusher) {
    this.log = log;
    this.ledger = ledger;
    this.index = index;
    this.flusher = flusher;
  }

  public void prune(List<Removed> removable, Commit commit) throws IOException {
    for (var removed : removable) {
      remove(removed, commit);
    }
    // What is needed of a segment changes by nothing but this.
    if (!removable.isEmpty() || log.firstSegment() != stays) {
      trim(commit);
    }
    flusher.rest(ledger);
    log.release();
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
      log.reached(Moment.PRUNE_REMOVED);
    }
  }

  private void trim(Commit commit) throws IOException {
    long first = log.firstSegment();
    for (int i = 0; i < MOST_SEGMENTS && first < log.activeSegment(); i++) {
      var needed = new ArrayList<Needed>();
      if (!isCheap(first, needed)) {
        stays = first;
        break;
      }
      if (!move(needed, commit)) {
        break;
      }
      log.reached(Moment.PRUNE_MOVED);
      first++;
    }
    if (first > log.firstSegment()) {
      commit.add(Purpose.UPKEEP, stateOfEverything(first));
      commit.now();
      log.reached(Moment.PRUNE_TRIMMED);
      // So that a start need not make the index again from what is left of the log.
      flusher.reach(first, ledger);
      log.trim(first);
    }
  }

  /// Writes events again.
  ///
  /// @return false if there was no room for all; it does no harm that some are there twice
  private boolean move(List<Needed> events, Commit commit) throws IOException {
    boolean all = true;
    var reader = new EventReader(log);
    try {
      for (var event : events) {
        commit.move(reader.read(event.position(), event.version()));
      }
    } catch (NotStoredException full) {
      all = false;
    }
    commit.now();
    return all;
  }

  /// @param needed is given the events to write again
  private boolean isCheap(long number, List<Needed> needed) {
    var segment = requireNonNull(log.segments().get(number));
    long bound = segment.size() / NEEDED_PART;
    long bytes = 0;
    var place = new Frame.Place(number, Segment.HEADER);
    for (Frame frame;
        bytes <= bound && (frame = Frame.read(segment.bytes(), place)) != null;
        place = new Frame.Place(number, frame.end())) {
      for (var entry : segment.entries(frame)) {
        var event = needed(segment, entry);
        if (event != null) {
          bytes += entry.length() + (long) Frame.ENTRY_HEADER;
          needed.add(event);
        }
      }
    }
    return bytes <= bound;
  }

  /// @return null unless this is the event's present place
  private @Nullable Needed needed(Segment segment, Segment.Entry entry) {
    var input = new Input(segment.content(entry));
    if (!(format.readHeader(input, () -> segment.where(entry)) instanceof EventHeader event)) {
      return null;
    }
    long here = LogPosition.of(segment.number(), entry.offset());
    var present = index.position(event.partition().collection(), event.version());
    return present != null && present == here ? new Needed(here, event.version()) : null;
  }

  private List<LogEntry> stateOfEverything(long firstSegment) {
    var entries = new ArrayList<LogEntry>(ledger.states());
    entries.addAll(index.states());
    entries.add(new Trimmed(firstSegment));
    return entries;
  }
}

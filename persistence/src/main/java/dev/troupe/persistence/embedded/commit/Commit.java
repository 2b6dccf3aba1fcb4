package dev.troupe.persistence.embedded.commit;

import dev.troupe.persistence.embedded.log.Frame;
import dev.troupe.persistence.embedded.log.FrameBuffer;
import dev.troupe.persistence.embedded.log.Purpose;
import dev.troupe.persistence.embedded.log.SegmentLog;
import dev.troupe.persistence.format.LogEntry;
import dev.troupe.persistence.format.LogEntry.FactsSet;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore.Group;
import dev.troupe.runtime.store.NotStoredException;
import dev.troupe.runtime.store.StoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Collects entries into frames and commits them: when asked, or when the next entries do not fit.
/// Whoever is to be told is told when everything before is durable and in the index.
public final class Commit {

  private final SegmentLog log;
  private final Staging staging;
  private final FrameListener committed;
  private final int commitBytes;
  private final FrameBuffer frame;
  private final List<Runnable> acknowledgements = new ArrayList<>();

  /// @param committed told of each frame when it is in the index
  public Commit(SegmentLog log, Staging staging, int commitBytes, FrameListener committed) {
    this.log = log;
    this.staging = staging;
    this.commitBytes = commitBytes;
    this.committed = committed;
    frame = new FrameBuffer(log.maxFrame() + Frame.ALIGNMENT);
  }

  /// Adds a group without facts, all in one frame.
  ///
  /// @throws StoreException if it is too large
  /// @throws NotStoredException if there is no room for it
  public void add(Group group) throws IOException {
    stage(group, put(purpose(group), group.events(), List.of()));
  }

  /// The same, with the facts of the group.
  public void add(Group group, FactsSet facts) throws IOException {
    stage(group, put(purpose(group), group.events(), List.of(facts)));
  }

  private static Purpose purpose(Group group) {
    return group.events().isEmpty() ? Purpose.FACTS : Purpose.EVENTS;
  }

  private void stage(Group group, int[] offsets) {
    for (int i = 0; i < group.events().size(); i++) {
      staging.add(group.events().get(i), offsets[i]);
    }
  }

  /// Writes an event again.
  ///
  /// @throws NotStoredException if there is no room for it
  public void move(EventRecord event) throws IOException {
    int offset = put(Purpose.MOVES, List.of(event), List.of())[0];
    staging.move(event, offset);
  }

  /// Adds entries that are no events, all in one frame.
  ///
  /// @throws NotStoredException if there is no room for them
  public void add(Purpose purpose, List<? extends LogEntry> entries) throws IOException {
    put(purpose, List.of(), entries);
    entries.forEach(staging::add);
  }

  /// @return the offsets of the events in the frame
  private int[] put(Purpose purpose, List<EventRecord> events, List<? extends LogEntry> entries)
      throws IOException {
    var offsets = new int[events.size()];
    if (tryAdd(events, entries, offsets) && fits(purpose)) {
      return offsets;
    }
    frame.backTo(before);
    if (!frame.isEmpty()) {
      now();
    }
    if (!tryAdd(events, entries, offsets) || Frame.padded(frame.length()) > log.maxFrame()) {
      frame.clear();
      throw new StoreException(
          "a group of "
              + (events.size() + entries.size())
              + " entries is larger than a segment of the event store");
    }
    makeRoom(purpose);
    return offsets;
  }

  private FrameBuffer.Mark before = new FrameBuffer.Mark(0, 0);

  private boolean tryAdd(
      List<EventRecord> events, List<? extends LogEntry> entries, int[] offsets) {
    before = frame.mark();
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = frame.add(events.get(i));
      if (offsets[i] < 0) {
        return false;
      }
    }
    for (var entry : entries) {
      if (frame.add(entry) < 0) {
        return false;
      }
    }
    return true;
  }

  private boolean fits(Purpose purpose) {
    return Frame.padded(frame.length()) <= log.room(purpose) && frame.length() <= commitBytes;
  }

  private void makeRoom(Purpose purpose) throws IOException {
    int length = Frame.padded(frame.length());
    while (length > log.room(purpose)) {
      requireNext();
      if (length > log.room(purpose)) {
        log.roll();
      }
    }
  }

  private void requireNext() throws IOException {
    try {
      log.requireNext();
    } catch (NotStoredException full) {
      frame.clear();
      throw full;
    }
  }

  /// Runs when everything added so far is durable and in the index.
  public void then(Runnable acknowledgement) {
    acknowledgements.add(acknowledgement);
  }

  /// Makes everything durable that was added.
  public void now() throws IOException {
    if (!frame.isEmpty()) {
      var place = log.place();
      long sequence = log.sequence();
      log.commit(frame);
      int length = frame.length();
      frame.clear();
      staging.commit(place);
      committed.committed(place, sequence, length);
    }
    acknowledgements.forEach(Runnable::run);
    acknowledgements.clear();
  }

  /// Is told of frames that are durable and in the index.
  @FunctionalInterface
  public interface FrameListener {
    void committed(Frame.Place place, long sequence, int length);
  }
}

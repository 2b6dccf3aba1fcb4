package dev.troupe.persistence.embedded;

import com.esotericsoftware.kryo.io.Input;
import dev.troupe.persistence.embedded.index.EventIndex;
import dev.troupe.persistence.embedded.log.Frame;
import dev.troupe.persistence.embedded.log.Segment;
import dev.troupe.persistence.format.ArchivedEntry;
import dev.troupe.persistence.format.LogEntry.CollectionState;
import dev.troupe.persistence.format.LogEntry.PartitionState;
import dev.troupe.persistence.format.StoredFormat;
import dev.troupe.runtime.store.StoreException;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/// The log up to a moment, for copying: what is appended later, and segments that are removed
/// later, do not change it.
///
/// @param segments up to the one in which it ends
/// @param end behind its last frame
/// @param partitions as they were at that moment
record LogCopy(
    Collection<Segment> segments,
    Frame.Place end,
    List<PartitionState> partitions,
    List<CollectionState> collections) {

  /// @param index tells which events have been removed
  /// @return how many entries there were
  long copy(EventIndex index, Consumer<ArchivedEntry> each) {
    var events = new Events(index, each);
    for (var segment : segments) {
      if (segment.number() <= end.segment()) {
        copy(segment, events);
      }
    }
    partitions.forEach(each);
    // Behind the events: whatever was removed while they were read is below these horizons.
    collections.forEach(state ->
        each.accept(
            new CollectionState(
                state.collection(),
                state.partitions(),
                index.state(state.collection()).horizon())));
    return events.count + partitions.size() + collections.size();
  }

  private void copy(Segment segment, Events events) {
    boolean last = segment.number() == end.segment();
    int at = Segment.HEADER;
    while (!last || at < end.offset()) {
      var frame = Frame.read(segment.bytes(), new Frame.Place(segment.number(), at));
      if (frame == null) {
        break;
      }
      events.visit(segment, frame);
      at = frame.end();
    }
    if (last && at != end.offset()) {
      throw new StoreException(
          segment.path() + " is damaged at offset " + at + ": no whole commit here");
    }
  }

  private static final class Events {

    private final StoredFormat format = new StoredFormat();
    private final EventIndex index;
    private final Consumer<ArchivedEntry> each;
    private long count;

    private Events(EventIndex index, Consumer<ArchivedEntry> each) {
      this.index = index;
      this.each = each;
    }

    void visit(Segment segment, Frame frame) {
      for (var place : segment.entries(frame)) {
        var event = format.readEvent(new Input(segment.content(place)), () -> segment.where(place));
        if (event != null
            && index.position(event.partition().collection(), event.version()) != null) {
          each.accept(new ArchivedEntry.Event(event));
          count++;
        }
      }
    }
  }
}

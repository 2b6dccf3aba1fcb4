package dev.troupe.persistence.embedded.log;

import com.esotericsoftware.kryo.io.Input;
import dev.troupe.persistence.format.StoredFormat;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.StoreException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;

/// Reads events back from where the index says they are. Made before the index is asked, so that
/// events that are moved in between are still found where they were.
public final class EventReader {

  private static final ThreadLocal<StoredFormat> FORMAT =
      ThreadLocal.withInitial(StoredFormat::new);

  private final SegmentLog log;
  private final NavigableMap<Long, Segment> segments;

  public EventReader(SegmentLog log) {
    this.log = log;
    segments = log.segments();
  }

  public List<EventRecord> read(Pointers pointers) {
    var events = new ArrayList<EventRecord>(pointers.size());
    read(pointers, 0, pointers.size(), events::add);
    return events;
  }

  /// Reads each when it is asked for.
  public Iterator<EventRecord> iterate(Pointers pointers) {
    return IntStream.range(0, pointers.size())
        .mapToObj(i -> read(pointers.positions()[i], pointers.versions()[i]))
        .iterator();
  }

  /// Reads `length` of them, or as many as there are behind `from`.
  public void read(Pointers pointers, int from, int length, Consumer<EventRecord> each) {
    int end = Math.min(pointers.size(), from + length);
    for (int i = from; i < end; i++) {
      each.accept(read(pointers.positions()[i], pointers.versions()[i]));
    }
  }

  public EventRecord read(long position, long version) {
    return read(segment(LogPosition.segment(position)), LogPosition.offset(position), version);
  }

  private Segment segment(long number) {
    var segment = segments.get(number);
    if (segment == null) {
      segment = log.segments().get(number);
    }
    if (segment == null) {
      throw new StoreException("segment " + number + " was removed while it was read; try again");
    }
    return segment;
  }

  private static EventRecord read(Segment segment, int offset, long version) {
    var content = content(segment, offset);
    var event =
        FORMAT.get().readEvent(new Input(content), () -> segment.path() + " at offset " + offset);
    if (event != null && event.version() == version) {
      return event;
    }
    throw damaged(segment, offset, "not the event of version " + version);
  }

  private static byte[] content(Segment segment, int offset) {
    ByteBuffer bytes = segment.bytes();
    int length = bytes.getInt(offset);
    int start = offset + Frame.ENTRY_HEADER;
    if (length < 0 || length > bytes.limit() - start) {
      throw damaged(segment, offset, "an entry of " + length + " bytes");
    }
    var content = new byte[length];
    bytes.get(start, content);
    var checksum = new CRC32C();
    checksum.update(content);
    if ((int) checksum.getValue() != bytes.getInt(offset + 4)) {
      throw damaged(segment, offset, "the checksum of an event is wrong");
    }
    return content;
  }

  private static StoreException damaged(Segment segment, int offset, String what) {
    return new StoreException(segment.path() + " is damaged at offset " + offset + ": " + what);
  }
}

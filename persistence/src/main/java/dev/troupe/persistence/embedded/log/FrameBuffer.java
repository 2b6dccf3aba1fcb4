package dev.troupe.persistence.embedded.log;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Output;
import dev.troupe.persistence.format.LogEntry;
import dev.troupe.persistence.format.StoredFormat;
import dev.troupe.runtime.store.EventRecord;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// The next frame while it is put together. One buffer for the life of the writer.
public final class FrameBuffer {

  private static final int FIRST_SIZE = 1 << 16;

  private final StoredFormat format = new StoredFormat();
  private final CRC32C checksum = new CRC32C();
  private final Output out;
  private int entries;

  /// @param max what a frame can hold at most
  public FrameBuffer(int max) {
    out = new Output(Math.min(FIRST_SIZE, max), max);
    clear();
  }

  public void clear() {
    out.setPosition(Frame.HEADER);
    entries = 0;
  }

  public boolean isEmpty() {
    return entries == 0;
  }

  public int length() {
    return out.position();
  }

  /// Adds an event.
  ///
  /// @return its offset in the frame; -1 if it does not fit, and the frame is unchanged then
  public int add(EventRecord event) {
    int start = out.position();
    try {
      out.writeLong(0);
      format.write(out, event);
    } catch (KryoException overflow) {
      return takeBack(start);
    }
    return finishEntry(start);
  }

  /// Adds another entry, as above.
  public int add(LogEntry entry) {
    int start = out.position();
    try {
      out.writeLong(0);
      format.write(out, entry);
    } catch (KryoException overflow) {
      return takeBack(start);
    }
    return finishEntry(start);
  }

  private int takeBack(int start) {
    out.setPosition(start);
    return -1;
  }

  private int finishEntry(int start) {
    int content = start + Frame.ENTRY_HEADER;
    int length = out.position() - content;
    checksum.reset();
    checksum.update(out.getBuffer(), content, length);
    ByteBuffer.wrap(out.getBuffer()).putInt(start, length).putInt(start + 4, checksumValue());
    entries++;
    return start;
  }

  private int checksumValue() {
    return (int) checksum.getValue();
  }

  /// Takes back everything that was added since the frame had this length and number of entries.
  public void backTo(Mark mark) {
    out.setPosition(mark.length());
    entries = mark.entries();
  }

  public Mark mark() {
    return new Mark(out.position(), entries);
  }

  /// The finished frame. Valid until the next change.
  ByteBuffer seal(Frame.Place place, long sequence) {
    int length = out.position();
    for (int padding = Frame.padded(length) - length; padding > 0; padding--) {
      out.writeByte(0);
    }
    var bytes = ByteBuffer.wrap(out.getBuffer(), 0, out.position());
    Frame.seal(bytes, length, entries, place, sequence);
    return bytes;
  }

  public record Mark(int length, int entries) {}
}

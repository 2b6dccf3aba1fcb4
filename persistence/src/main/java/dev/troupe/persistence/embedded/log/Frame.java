package dev.troupe.persistence.embedded.log;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// What one sync makes durable, whole or not at all: a header and entries.
///
/// The checksum covers the place of the frame, so that bytes cannot pass for a frame elsewhere. As
/// a frame is written when the one before it is durable, a broken frame with a whole one behind it
/// is damage, and one with none behind it is a write that never finished.
///
/// @param offset in the segment
/// @param length of all its bytes without padding
/// @param sequence counts the frames of the log
public record Frame(int offset, int length, int entries, long sequence) {

  /// Magic, length, checksum, number of entries, sequence.
  public static final int HEADER = 24;

  /// Length and checksum of an entry.
  public static final int ENTRY_HEADER = 8;

  static final int MAGIC = 0xFF66724D;

  /// Frames begin at multiples of this.
  public static final int ALIGNMENT = 8;

  private static final int CHECKED = 12;

  public static int padded(int length) {
    return length + ALIGNMENT - 1 & -ALIGNMENT;
  }

  public int end() {
    return offset + padded(length);
  }

  /// Completes the header of a frame in `bytes` from 0 to its limit.
  static void seal(ByteBuffer bytes, int length, int entries, Place place, long sequence) {
    bytes.putInt(0, MAGIC).putInt(4, length).putInt(12, entries).putLong(16, sequence);
    bytes.putInt(8, checksum(bytes, 0, length, place));
  }

  /// @return null if no whole frame begins at the place
  public static @org.jspecify.annotations.Nullable Frame read(ByteBuffer segment, Place place) {
    int offset = place.offset();
    if (offset > segment.limit() - HEADER || segment.getInt(offset) != MAGIC) {
      return null;
    }
    int length = segment.getInt(offset + 4);
    if (length < HEADER
        || length > segment.limit() - offset
        || segment.getInt(offset + 8) != checksum(segment, offset, length, place)) {
      return null;
    }
    return new Frame(offset, length, segment.getInt(offset + 12), segment.getLong(offset + 16));
  }

  private static int checksum(ByteBuffer bytes, int start, int length, Place place) {
    var checksum = new CRC32C();
    var seed = ByteBuffer.allocate(16);
    checksum.update(seed.putLong(place.segment()).putInt(place.offset()).putInt(length).flip());
    checksum.update(bytes.slice(start + CHECKED, length - CHECKED));
    return (int) checksum.getValue();
  }

  /// Where a frame is.
  public record Place(long segment, int offset) {}
}

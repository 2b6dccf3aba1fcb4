package dev.troupe.persistence.embedded.log;

import dev.troupe.persistence.embedded.files.FileAccess;
import dev.troupe.persistence.embedded.files.Moment;
import dev.troupe.persistence.embedded.files.StoreDirectory;
import dev.troupe.runtime.store.StoreException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/// One file of the log: a header, frames, zeros.
///
/// @param bytes the whole file, for reading
public record Segment(long number, Path path, MappedByteBuffer bytes) {

  /// Magic, format, size, number, checksum, zeros.
  public static final int HEADER = 32;

  public static final String ENDING = ".log";

  /// Holds a byte that no UTF-8 text holds.
  private static final long MAGIC = 0xFF54726F7570650AL;

  private static final int FORMAT = 1;
  private static final int CHECKED = 24;
  private static final int CHUNK = 1 << 20;

  /// Outside of the heap, so that nothing is copied on the way to a file.
  private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(CHUNK).asReadOnlyBuffer();

  public static String fileName(long number) {
    return String.format("%016d%s", number, ENDING);
  }

  /// Creates the file with all its bytes written, so that a commit changes no metadata.
  public static Segment create(StoreDirectory directory, long number, int size) throws IOException {
    directory.reached(Moment.SEGMENT_CREATE);
    directory.write(fileName(number), file -> fill(file, number, size));
    directory.reached(Moment.SEGMENT_CREATED);
    return open(directory, directory.path().resolve(fileName(number)));
  }

  private static void fill(FileAccess.StoreFile file, long number, int size) throws IOException {
    file.write(header(number, size), 0);
    for (int offset = HEADER; offset < size; offset += CHUNK) {
      file.write(ZEROS.slice(0, Math.min(CHUNK, size - offset)), offset);
      // Bit by bit: commits of the log would wait for all of it.
      file.sync();
    }
  }

  private static ByteBuffer header(long number, int size) {
    var header = ByteBuffer.allocate(HEADER);
    header.putLong(MAGIC).putInt(FORMAT).putInt(size).putLong(number);
    header.putInt(checksum(header)).clear();
    return header;
  }

  private static int checksum(ByteBuffer header) {
    var checksum = new CRC32C();
    checksum.update(header.slice(0, CHECKED));
    return (int) checksum.getValue();
  }

  /// @throws StoreException if the file is not the segment that its name says
  public static Segment open(StoreDirectory directory, Path path) throws IOException {
    try (var file = directory.open(path)) {
      var bytes = file.map();
      return new Segment(check(path, bytes), path, bytes);
    }
  }

  private static long check(Path path, ByteBuffer bytes) {
    if (bytes.limit() < HEADER
        || bytes.getLong(0) != MAGIC
        || bytes.getInt(CHECKED) != checksum(bytes)) {
      throw new StoreException(path + " is damaged at offset 0: not a segment's header");
    }
    if (bytes.getInt(8) > FORMAT) {
      throw new StoreException(
          path + " was written by a newer Troupe in format " + bytes.getInt(8));
    }
    long number = bytes.getLong(16);
    if (bytes.limit() != bytes.getInt(12) || !path.endsWith(fileName(number))) {
      throw new StoreException(
          path
              + " is damaged: it has "
              + bytes.limit()
              + " bytes, but its header is that of segment "
              + number
              + " with "
              + bytes.getInt(12));
    }
    return number;
  }

  public int size() {
    return bytes.limit();
  }

  /// Gives back the memory that holds what has been read. The system still has it at hand, and it
  /// is mapped again where it is read again.
  void release() {
    MemorySegment.ofBuffer(bytes).unload();
  }

  /// The entries of a frame of this segment.
  ///
  /// @throws StoreException if they are not where the frame says
  public List<Entry> entries(Frame frame) {
    var entries = new ArrayList<Entry>(frame.entries());
    int at = frame.offset() + Frame.HEADER;
    int end = frame.offset() + frame.length();
    for (int i = 0; i < frame.entries(); i++) {
      int length = at > end - Frame.ENTRY_HEADER ? -1 : bytes.getInt(at);
      if (length < 0 || length > end - at - Frame.ENTRY_HEADER) {
        throw new StoreException(
            path + " at offset " + at + ": an entry beyond the end of its commit");
      }
      entries.add(new Entry(at, length));
      at += Frame.ENTRY_HEADER + length;
    }
    return entries;
  }

  public byte[] content(Entry entry) {
    var content = new byte[entry.length()];
    bytes.get(entry.offset() + Frame.ENTRY_HEADER, content);
    return content;
  }

  /// Names an entry for people.
  public String where(Entry entry) {
    return path + " at offset " + entry.offset();
  }

  /// Where an entry begins, and how long its content is.
  public record Entry(int offset, int length) {}

  /// Behind the last byte that is not zero; `from` if there is none.
  int usedBehind(int from) {
    int end = bytes.limit();
    while (end > from) {
      int start = Math.max(from, end - ZEROS.limit());
      if (bytes.slice(start, end - start).mismatch(ZEROS.slice(0, end - start)) >= 0) {
        return lastUsed(end);
      }
      end = start;
    }
    return from;
  }

  private int lastUsed(int end) {
    int at = end;
    while (bytes.get(at - 1) == 0) {
      at--;
    }
    return at;
  }
}

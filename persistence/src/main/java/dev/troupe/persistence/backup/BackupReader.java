package dev.troupe.persistence.backup;

import com.esotericsoftware.kryo.io.Input;
import dev.troupe.persistence.format.ArchivedEntry;
import dev.troupe.persistence.format.StoredFormat;
import dev.troupe.runtime.store.StoreException;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Reads the entries of a backup, and refuses one that is damaged, cut off or of a newer format.
public final class BackupReader implements Iterator<ArchivedEntry> {

  /// No entry is larger than a segment of the embedded engine can be.
  private static final int MOST_BYTES = 1 << 30;

  private final StoredFormat format = new StoredFormat();
  private final String name;
  private final DataInputStream in;
  private long offset;
  private long entries;
  private boolean ended;
  private @Nullable ArchivedEntry next;

  /// @param name of the file, for people
  /// @throws StoreException if it is no backup, or of a newer format
  public BackupReader(InputStream in, String name) throws IOException {
    this.in = new DataInputStream(in);
    this.name = name;
    try {
      check(this.in.readLong(), this.in.readInt());
    } catch (EOFException end) {
      throw new StoreException(name + " is not a backup of Troupe: it is too short", end);
    }
    offset = Long.BYTES + Integer.BYTES;
  }

  private void check(long magic, int foundFormat) {
    if (magic != BackupWriter.MAGIC) {
      throw new StoreException(name + " is not a backup of Troupe");
    }
    if (foundFormat < 1 || foundFormat > BackupWriter.FORMAT) {
      throw new StoreException(
          name
              + " is a backup of format "
              + foundFormat
              + " by a newer Troupe; this one reads up to format "
              + BackupWriter.FORMAT);
    }
  }

  /// @throws StoreException if what follows is damaged or missing
  @Override
  public boolean hasNext() {
    if (next == null && !ended) {
      next = read();
    }
    return next != null;
  }

  @Override
  public ArchivedEntry next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException();
    }
    var entry = next;
    next = null;
    return entry;
  }

  /// How many entries have been read.
  public long entries() {
    return entries;
  }

  private @Nullable ArchivedEntry read() {
    try {
      int length = in.readInt();
      if (length == BackupWriter.END) {
        end(in.readLong());
        return null;
      }
      return entry(length);
    } catch (EOFException cutOff) {
      throw new StoreException(
          name + " is cut off behind offset " + offset + ": use another backup", cutOff);
    } catch (IOException failure) {
      throw new UncheckedIOException(name + " cannot be read: " + failure.getMessage(), failure);
    }
  }

  private ArchivedEntry entry(int length) throws IOException {
    if (length < 0 || length > MOST_BYTES) {
      throw damaged("an entry of " + length + " bytes");
    }
    int expected = in.readInt();
    // Not allocated before it is there: a length can be wrong.
    var bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    var checksum = new CRC32C();
    checksum.update(bytes);
    if ((int) checksum.getValue() != expected) {
      throw damaged("the checksum of an entry is wrong");
    }
    var entry = format.readArchived(new Input(bytes), () -> name + " at offset " + offset);
    offset += 2L * Integer.BYTES + length;
    entries++;
    return entry;
  }

  private void end(long expected) throws IOException {
    if (expected != entries) {
      throw damaged("the end counts " + expected + " entries, there were " + entries);
    }
    if (in.read() >= 0) {
      throw damaged("something follows behind the end");
    }
    ended = true;
  }

  private StoreException damaged(String what) {
    return new StoreException(
        name + " is damaged at offset " + offset + ": " + what + "; use another backup");
  }
}

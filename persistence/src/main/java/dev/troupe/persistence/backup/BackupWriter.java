package dev.troupe.persistence.backup;

import com.esotericsoftware.kryo.io.Output;
import dev.troupe.persistence.format.ArchivedEntry;
import dev.troupe.persistence.format.ArchivedEntry.Event;
import dev.troupe.persistence.format.LogEntry.CollectionState;
import dev.troupe.persistence.format.LogEntry.PartitionState;
import dev.troupe.persistence.format.StoredFormat;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32C;

/// Writes a backup: a header, each entry with its length and checksum, and an end that counts them.
public final class BackupWriter {

  /// Holds a byte that no UTF-8 text holds.
  static final long MAGIC = 0xFF54726F75626B01L;

  static final int FORMAT = 1;

  /// In place of a length: the number of entries follows.
  static final int END = -1;

  private final StoredFormat format = new StoredFormat();
  private final CRC32C checksum = new CRC32C();
  private final Output entry = new Output(1 << 12, -1);
  private final DataOutputStream out;
  private long entries;

  /// @param out is buffered by the caller, and not closed here
  public BackupWriter(OutputStream out) throws IOException {
    this.out = new DataOutputStream(out);
    this.out.writeLong(MAGIC);
    this.out.writeInt(FORMAT);
  }

  public void write(ArchivedEntry archived) throws IOException {
    entry.reset();
    switch (archived) {
      case Event(var event) -> format.write(entry, event);
      case PartitionState state -> format.write(entry, state);
      case CollectionState state -> format.write(entry, state);
    }
    out.writeInt(entry.position());
    out.writeInt(checksum(entry.getBuffer(), entry.position()));
    out.write(entry.getBuffer(), 0, entry.position());
    entries++;
  }

  private int checksum(byte[] bytes, int length) {
    checksum.reset();
    checksum.update(bytes, 0, length);
    return (int) checksum.getValue();
  }

  /// Writes the end, without which a backup is refused.
  public void finish() throws IOException {
    out.writeInt(END);
    out.writeLong(entries);
    out.flush();
  }
}

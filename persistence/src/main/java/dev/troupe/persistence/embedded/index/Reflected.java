package dev.troupe.persistence.embedded.index;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import dev.troupe.persistence.format.LogEntry.PartitionState;
import dev.troupe.persistence.format.StoredFormat;
import dev.troupe.runtime.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How far the tables of an index have followed the log, and what the log up to there folds to
/// beside events.
///
/// @param segment of the last frame that is in the index
/// @param offset of that frame
/// @param sequence of that frame
/// @param firstNeeded the first segment that the log has not called needless
public record Reflected(
    long segment, int offset, long sequence, long firstNeeded, List<PartitionState> partitions) {

  /// Of all tables. Another one is not read: the index is made again from the log.
  private static final int FORMAT = 1;

  private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

  byte[] encode() {
    var out = new Output(1 << 12, MAX_BYTES);
    out.writeInt(FORMAT);
    out.writeLong(segment);
    out.writeInt(offset);
    out.writeLong(sequence);
    out.writeLong(firstNeeded);
    out.writeInt(partitions.size());
    var format = new StoredFormat();
    partitions.forEach(partition -> format.write(out, partition));
    return out.toBytes();
  }

  /// @return null if it is not of this format
  public static @Nullable Reflected decode(byte[] bytes) {
    var in = new Input(bytes);
    try {
      return in.readInt() == FORMAT ? decode(in) : null;
    } catch (KryoException | StoreException | IllegalArgumentException unknown) {
      return null;
    }
  }

  private static Reflected decode(Input in) {
    long segment = in.readLong();
    int offset = in.readInt();
    long sequence = in.readLong();
    long firstNeeded = in.readLong();
    var partitions = new ArrayList<PartitionState>();
    var format = new StoredFormat();
    for (int i = in.readInt(); i > 0; i--) {
      partitions.add(format.readPartition(in, () -> "a partition in the index"));
    }
    return new Reflected(segment, offset, sequence, firstNeeded, partitions);
  }
}

package dev.troupe.persistence.postgresql.append;

import com.esotericsoftware.kryo.io.Output;
import dev.troupe.persistence.format.StoredFormat;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore.Group;
import java.util.List;

/// A group with its records as they are stored: made by the caller's thread, so that a lane, for
/// which everybody waits, need not.
///
/// @param records what the column `record` holds for each event
public record EncodedGroup(Group group, List<byte[]> records) {

  private static final ThreadLocal<Encoder> ENCODER = ThreadLocal.withInitial(Encoder::new);

  public static EncodedGroup of(Group group) {
    var encoder = ENCODER.get();
    return new EncodedGroup(group, group.events().stream().map(encoder::encode).toList());
  }

  private static final class Encoder {

    private final StoredFormat format = new StoredFormat();
    private final Output out = new Output(1 << 12, -1);

    byte[] encode(EventRecord event) {
      out.reset();
      format.write(out, event);
      return out.toBytes();
    }
  }
}

package dev.troupe.persistence.postgresql;

import com.esotericsoftware.kryo.io.Output;
import dev.troupe.persistence.format.StoredFormat;
import dev.troupe.runtime.store.EventRecord;

/// What the column `record` holds. Belongs to one thread.
final class RecordBytes {

  private final StoredFormat format = new StoredFormat();
  private final Output out = new Output(1 << 12, -1);

  byte[] of(EventRecord event) {
    out.reset();
    format.write(out, event);
    return out.toBytes();
  }
}

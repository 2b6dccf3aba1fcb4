package dev.troupe.persistence.embedded;

import com.esotericsoftware.kryo.io.Input;
import dev.troupe.persistence.embedded.EventIndex.Indexed;
import dev.troupe.persistence.format.EventHeader;
import dev.troupe.persistence.format.LogEntry;
import dev.troupe.persistence.format.LogEntry.CollectionState;
import dev.troupe.persistence.format.LogEntry.FactsSet;
import dev.troupe.persistence.format.LogEntry.PartitionState;
import dev.troupe.persistence.format.LogEntry.Pruned;
import dev.troupe.persistence.format.LogEntry.Removed;
import dev.troupe.persistence.format.LogEntry.Trimmed;
import dev.troupe.persistence.format.StoredFormat;
import dev.troupe.runtime.store.StoreException;
import java.util.List;

/// Folds the entries of a log into ledger and index.
final class Replay implements LogScan.FrameVisitor {

  private final StoredFormat format = new StoredFormat();
  private final Input input = new Input();
  private final PartitionLedger ledger;
  private final EventIndex index;
  private byte[] buffer = new byte[1 << 16];
  private long trimmed;

  Replay(PartitionLedger ledger, EventIndex index) {
    this.ledger = ledger;
    this.index = index;
  }

  /// The first segment that is needed, as far as the log has said; 0 if it has not.
  long trimmed() {
    return trimmed;
  }

  @Override
  public void visit(Segment segment, Frame frame) {
    int at = frame.offset() + Frame.HEADER;
    int end = frame.offset() + frame.length();
    for (int i = 0; i < frame.entries(); i++) {
      int length = at > end - Frame.ENTRY_HEADER ? -1 : segment.bytes().getInt(at);
      if (length < 0 || length > end - at - Frame.ENTRY_HEADER) {
        throw new StoreException(where(segment, at) + ": an entry beyond the end of its commit");
      }
      apply(read(segment, at, length), Position.of(segment.number(), at));
      at += Frame.ENTRY_HEADER + length;
    }
  }

  private Object read(Segment segment, int offset, int length) {
    if (buffer.length < length) {
      buffer = new byte[length];
    }
    segment.bytes().get(offset + Frame.ENTRY_HEADER, buffer, 0, length);
    input.setBuffer(buffer, 0, length);
    return format.readHeader(input, () -> where(segment, offset));
  }

  private static String where(Segment segment, int offset) {
    return segment.path() + " at offset " + offset;
  }

  private void apply(Object value, long position) {
    switch (value) {
      case EventHeader event -> {
        index.put(List.of(new Indexed(event, position)));
        ledger.stored(event.partition(), event.version());
      }
      case LogEntry entry -> apply(entry);
      default -> throw new IllegalStateException("not an entry of a log: " + value.getClass());
    }
  }

  private void apply(LogEntry entry) {
    switch (entry) {
      case PartitionState state -> ledger.set(state);
      case FactsSet facts -> ledger.set(facts);
      case CollectionState state -> index.set(state);
      case Pruned rule -> index.remove(index.removable(rule));
      case Removed removed -> index.remove(removed);
      case Trimmed(var first) -> trimmed = Math.max(trimmed, first);
    }
  }
}

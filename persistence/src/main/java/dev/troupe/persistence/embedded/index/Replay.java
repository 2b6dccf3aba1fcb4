package dev.troupe.persistence.embedded.index;

import com.esotericsoftware.kryo.io.Input;
import dev.troupe.persistence.embedded.index.EventIndex.Indexed;
import dev.troupe.persistence.embedded.log.Frame;
import dev.troupe.persistence.embedded.log.LogPosition;
import dev.troupe.persistence.embedded.log.LogScan;
import dev.troupe.persistence.embedded.log.Segment;
import dev.troupe.persistence.format.EventHeader;
import dev.troupe.persistence.format.LogEntry.OfIndex;
import dev.troupe.persistence.format.LogEntry.OfPartition;
import dev.troupe.persistence.format.ReplayedEntry;
import dev.troupe.persistence.format.StoredFormat;
import java.util.List;

/// Folds the entries of a log into ledger and index.
public final class Replay implements LogScan.FrameVisitor {

  private final StoredFormat format = new StoredFormat();
  private final PartitionLedger ledger;
  private final EventIndex index;

  public Replay(PartitionLedger ledger, EventIndex index) {
    this.ledger = ledger;
    this.index = index;
  }

  @Override
  public void visit(Segment segment, Frame frame) {
    for (var place : segment.entries(frame)) {
      var entry = format.readHeader(new Input(segment.content(place)), () -> segment.where(place));
      apply(entry, LogPosition.of(segment.number(), place.offset()));
    }
  }

  private void apply(ReplayedEntry entry, long position) {
    switch (entry) {
      case EventHeader event -> {
        index.put(List.of(new Indexed(event, position, false)));
        ledger.stored(event.partition(), event.version());
      }
      case OfPartition said -> ledger.apply(said);
      case OfIndex said -> index.apply(said);
    }
  }
}

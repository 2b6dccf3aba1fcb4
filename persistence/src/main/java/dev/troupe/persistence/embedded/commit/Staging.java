package dev.troupe.persistence.embedded.commit;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.persistence.embedded.index.EventIndex;
import dev.troupe.persistence.embedded.index.EventIndex.Indexed;
import dev.troupe.persistence.embedded.index.EventIndex.Newest;
import dev.troupe.persistence.embedded.index.PartitionLedger;
import dev.troupe.persistence.embedded.log.Frame;
import dev.troupe.persistence.embedded.log.LogPosition;
import dev.troupe.persistence.format.EventHeader;
import dev.troupe.persistence.format.LogEntry;
import dev.troupe.persistence.format.LogEntry.OfIndex;
import dev.troupe.persistence.format.LogEntry.OfPartition;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore.Group;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The events of the frame that is being put together: not in the index yet, but what follows is
/// judged as if they were.
public final class Staging {

  private record Staged(EventHeader event, int offsetInFrame, boolean newest) {}

  private final PartitionLedger ledger;
  private final EventIndex index;
  private final List<Staged> staged = new ArrayList<>();
  private final List<OfIndex> entries = new ArrayList<>();
  private final Map<ResourceKey, Newest> newest = new HashMap<>();
  private final Set<Long> versions = new HashSet<>();

  public Staging(PartitionLedger ledger, EventIndex index) {
    this.ledger = ledger;
    this.index = index;
  }

  /// Whether no event of the group is stored already.
  public boolean isNew(Group group) {
    var events = group.events();
    if (events.size() == 1) {
      return isNew(events.getFirst(), newest(events.getFirst()));
    }
    var inGroup = new HashMap<ResourceKey, Newest>();
    var versionsInGroup = new HashSet<Long>();
    for (var event : events) {
      var before = inGroup.get(event.key());
      if (!versionsInGroup.add(event.version())
          || !isNew(event, before == null ? newest(event) : before)) {
        return false;
      }
      inGroup.put(event.key(), newestAfter(event));
    }
    return true;
  }

  private boolean isNew(EventRecord event, @Nullable Newest before) {
    return follows(event, before) && !isVersionTaken(event);
  }

  private static boolean follows(EventRecord event, @Nullable Newest before) {
    if (before == null) {
      return true;
    }
    boolean again =
        before.deleted() && event.type() == EventRecord.Type.CREATED && event.sequence() == 1;
    return event.version() > before.version() && (again || event.sequence() > before.sequence());
  }

  private boolean isVersionTaken(EventRecord event) {
    // Nearly always the first condition decides.
    return event.version() <= ledger.highestVersion(event.partition())
        && (isStaged(event)
            || index.position(event.partition().collection(), event.version()) != null);
  }

  private boolean isStaged(EventRecord event) {
    var collection = event.partition().collection();
    return versions.contains(event.version())
        && staged.stream()
            .anyMatch(other ->
                other.event().version() == event.version()
                    && other.event().partition().collection().equals(collection));
  }

  private @Nullable Newest newest(EventRecord event) {
    var last = newest.get(event.key());
    return last == null ? index.newest(event.partition(), event.key()) : last;
  }

  private static Newest newestAfter(EventRecord event) {
    return Newest.of(EventHeader.of(event));
  }

  void add(EventRecord event, int offsetInFrame) {
    var header = EventHeader.of(event);
    staged.add(new Staged(header, offsetInFrame, true));
    newest.put(event.key(), Newest.of(header));
    versions.add(event.version());
    ledger.stored(event.partition(), event.version());
  }

  /// An event that is in the index already, and will be found elsewhere.
  void move(EventRecord event, int offsetInFrame) {
    staged.add(new Staged(EventHeader.of(event), offsetInFrame, false));
  }

  /// Another entry, of which the index will be told.
  void add(LogEntry entry) {
    switch (entry) {
      case OfIndex said -> entries.add(said);
      // The ledger is told by whoever decided it.
      case OfPartition _ -> {}
    }
  }

  /// Puts everything into the index, as the frame is durable.
  void commit(Frame.Place place) {
    var indexed = new ArrayList<Indexed>(staged.size());
    for (var event : staged) {
      long position = LogPosition.of(place.segment(), place.offset() + event.offsetInFrame());
      indexed.add(new Indexed(event.event(), position, event.newest()));
    }
    index.put(indexed);
    entries.forEach(index::apply);
    staged.clear();
    entries.clear();
    newest.clear();
    versions.clear();
  }
}

package dev.troupe.runtime.collection.index;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.resources.codec.index.IndexEntryReader;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.store.EventRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Makes an index from the newest events of a partition, as a scan delivers them: by several
/// threads at once, so that only collecting is done by one at a time.
public final class IndexLoader {

  private final IndexEntryReader reader;
  private final Set<ResourceKey> wanted;
  private final List<Entry> entries = new ArrayList<>();
  private final Map<ResourceKey, EventRecord> found = new HashMap<>();

  /// @param wanted the resources whose event is to be kept as it is
  public IndexLoader(IndexEntryReader reader, Set<ResourceKey> wanted) {
    this.reader = reader;
    this.wanted = Set.copyOf(wanted);
  }

  public void add(EventRecord event) {
    add(event, Entry.of(event, StoredResource.of(event, reader)));
  }

  private synchronized void add(EventRecord event, Entry entry) {
    entries.add(entry);
    if (wanted.contains(event.key())) {
      found.put(event.key(), event);
    }
  }

  public synchronized Index index() {
    return Index.of(entries);
  }

  public synchronized Map<ResourceKey, EventRecord> found() {
    return Map.copyOf(found);
  }
}

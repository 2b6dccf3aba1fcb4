package dev.troupe.runtime.collection.index;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.codec.index.IndexEntryReader;
import dev.troupe.runtime.collection.Snapshot;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.store.EventRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Makes an index from the newest events of a partition, as a scan delivers them: by several
/// threads at once, so that only collecting is done by one at a time. What is known already, in the
/// same version, is taken from there.
public final class IndexLoader {

  private final IndexEntryReader reader;
  private final Set<ResourceKey> wanted;
  private final Snapshot known;
  private final List<Entry> entries = new ArrayList<>();
  private final Map<ResourceKey, EventRecord> found = new HashMap<>();
  private final LongAdder fresh = new LongAdder();
  private volatile @Nullable TypeRef type;

  /// @param wanted the resources whose event is to be kept as it is
  public IndexLoader(IndexEntryReader reader, Set<ResourceKey> wanted) {
    this(reader, wanted, new Root(Index.EMPTY, 0, 0));
  }

  private IndexLoader(IndexEntryReader reader, Set<ResourceKey> wanted, Snapshot known) {
    this.reader = reader;
    this.wanted = Set.copyOf(wanted);
    this.known = known;
  }

  /// For a state of the past.
  ///
  /// @param known a later one, of which much is the same
  public static IndexLoader of(IndexEntryReader reader, Snapshot known) {
    return new IndexLoader(reader, Set.of(), known);
  }

  public void add(EventRecord event) {
    var same = known.get(event.key().namespace(), event.key().name());
    if (same.isPresent() && same.get().version() == event.version()) {
      add(event, Entry.of(event, same.get()));
      return;
    }
    var body = event.body();
    var resource = StoredResource.of(typed(event.key()), event.version(), body, reader.read(body));
    var entry = Entry.of(event, resource);
    fresh.add(entry.weight());
    add(event, entry);
  }

  /// How many bytes of contents it has so far that were not known.
  public long fresh() {
    return fresh.sum();
  }

  /// All resources of a partition share one type, of which each event has brought its own copy.
  private ResourceKey typed(ResourceKey key) {
    var known = type;
    if (known != null && known.equals(key.type())) {
      return new ResourceKey(known, key.namespace(), key.name());
    }
    type = key.type();
    return key;
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

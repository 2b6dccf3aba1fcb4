package dev.troupe.runtime.collection.index;

import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.store.EventRecord;

/// The newest event of a resource, as the index keeps it.
///
/// @param resource after the event; for a deletion the last content, without its bytes if nobody
///   can ask for them again
/// @param sequence the number of the event
/// @param mutationKey the key under which the event may be asked for again; empty if it never will
public record Entry(
    StoredResource resource,
    EventRecord.Type type,
    long sequence,
    String mutationKey,
    long timeMillis)
    implements Located {

  private static final byte[] NOTHING = {};

  public static Entry of(EventRecord event, StoredResource resource) {
    boolean forgettable = event.type() == EventRecord.Type.DELETED && event.mutationKey().isEmpty();
    return new Entry(
        forgettable ? withoutContent(resource) : resource,
        event.type(),
        event.sequence(),
        event.mutationKey(),
        event.timeMillis());
  }

  @Override
  public String namespace() {
    return resource.key().namespace();
  }

  @Override
  public String name() {
    return resource.key().name();
  }

  public boolean isTombstone() {
    return type == EventRecord.Type.DELETED;
  }

  private static StoredResource withoutContent(StoredResource last) {
    return new StoredResource(
        last.key(),
        last.uid(),
        last.version(),
        NOTHING,
        java.util.Map.of(),
        java.util.Map.of(),
        java.util.List.of());
  }
}

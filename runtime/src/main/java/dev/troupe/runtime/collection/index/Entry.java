package dev.troupe.runtime.collection.index;

import dev.troupe.resources.selector.FieldSelector;
import dev.troupe.runtime.collection.Sought;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.store.EventRecord;
import java.util.function.IntConsumer;

/// The newest event of a resource, as the index keeps it.
///
/// @param resource after the event; for a deletion without content
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

  /// A controller that repeats a deletion asks whether it is done and with which version, not what
  /// the object was: what is deleted leaves its content to the store.
  public static Entry of(EventRecord event, StoredResource resource) {
    return new Entry(
        event.type() == EventRecord.Type.DELETED ? withoutContent(resource) : resource,
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

  @Override
  public long weight() {
    return resource.size();
  }

  @Override
  public void traits(IntConsumer each) {
    each.accept(Sought.field(FieldSelector.NAME, name()));
    resource.labels().forEach((key, value) -> each.accept(Sought.label(key, value)));
    resource.fields().forEach((field, value) -> each.accept(Sought.field(field, value)));
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

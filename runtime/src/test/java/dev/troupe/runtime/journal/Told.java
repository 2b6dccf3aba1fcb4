package dev.troupe.runtime.journal;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.WriteCause;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/// The log of one object, in which versions are numbers that a test chooses or that count.
public final class Told {

  private final ResourceKey key;
  private final Deque<EventRecord> events = new ArrayDeque<>();

  public Told(ResourceKey key) {
    this.key = key;
  }

  public static ResourceKey key(String plural, String name) {
    return new ResourceKey(TypeRef.core(plural), "default", name);
  }

  public ResourceKey key() {
    return key;
  }

  public EventRecord wrote(EventRecord.Type type, String user, String body) {
    long version = events.isEmpty() ? 1 : events.getFirst().version() + 1;
    return wrote(type, version, WriteCause.user(user, "", "put"), body);
  }

  public EventRecord wrote(EventRecord.Type type, long version, WriteCause cause, String body) {
    return wrote(type, version, cause, body, 0);
  }

  public EventRecord wrote(
      EventRecord.Type type, long version, WriteCause cause, String body, long timeMillis) {
    var former = events.peekFirst();
    long previous =
        former == null || former.type() == EventRecord.Type.DELETED ? 0 : former.version();
    var event =
        new EventRecord(
            new PartitionId(key.type(), 0),
            1,
            version,
            previous,
            events.size() + 1L,
            type,
            key,
            "uid",
            body.getBytes(StandardCharsets.UTF_8),
            Map.of(),
            Map.of(),
            cause,
            "",
            timeMillis);
    events.addFirst(event);
    return event;
  }

  public List<EventRecord> newestFirst() {
    return List.copyOf(events);
  }
}

package dev.troupe.runtime.resource.logic;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.resources.codec.EncodedObject;
import dev.troupe.resources.codec.index.IndexEntry;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.WriteCause;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An event that a resource has decided on, complete but for its version; and what is remembered of
/// that version while it is in flight.
///
/// @param order the number of the order that is answered when the event is released
/// @param content what is known of the object after the event (a deletion: before it)
/// @param previous what was known of it before; null for a new resource
public record Draft(
    long order,
    EventRecord.Type type,
    ResourceKey key,
    long sequence,
    long previousVersion,
    EncodedObject body,
    IndexEntry content,
    @Nullable IndexEntry previous,
    WriteCause cause,
    String mutationKey,
    long timeMillis,
    List<String> warnings)
    implements Decision {

  /// The event under its version. To be asked for once, as its body is completed in place.
  public EventRecord event(PartitionId partition, long epoch, long version) {
    return new EventRecord(
        partition,
        epoch,
        version,
        previousVersion,
        sequence,
        type,
        key,
        content.uid(),
        body.withVersion(version),
        previous == null ? Map.of() : previous.labels(),
        previous == null ? Map.of() : previous.fields(),
        cause,
        mutationKey,
        timeMillis);
  }

  /// What the index keeps of an event that this draft has become.
  public StoredResource resource(EventRecord event) {
    return StoredResource.of(key, event.version(), event.body(), content);
  }

  /// The answer to whoever wanted the event, once it is stored under `version`.
  public WriteReply reply(long version, byte[] json) {
    return reply(type, json, version, warnings);
  }

  static WriteReply reply(EventRecord.Type type, byte[] json, long version, List<String> warnings) {
    return switch (type) {
      case CREATED -> new WriteReply.Written(WriteReply.Outcome.CREATED, json, version, warnings);
      case UPDATED -> new WriteReply.Written(WriteReply.Outcome.CHANGED, json, version, warnings);
      case DELETED -> new WriteReply.Removed(json, version, warnings);
    };
  }
}

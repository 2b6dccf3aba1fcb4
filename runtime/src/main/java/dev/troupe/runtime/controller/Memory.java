package dev.troupe.runtime.controller;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.controller.logic.ObjectState;
import dev.troupe.runtime.controller.logic.StateFormat;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.WriteCause;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the events of one controller actor add up to: its newest decision.
///
/// @param version of the decision; 0 if there was none
/// @param state null if nothing is remembered
record Memory(long sequence, long version, @Nullable ObjectState state) {

  static final Memory NOTHING = new Memory(0, 0, null);

  private static final byte[] EMPTY = {'{', '}'};

  static Memory of(EventRecord record) {
    return new Memory(
        record.sequence(),
        record.version(),
        record.type() == EventRecord.Type.DELETED ? null : StateFormat.decode(record.body()));
  }

  /// The event that makes `next` the state; null to forget.
  EventRecord event(
      PartitionId partition,
      long epoch,
      ResourceKey decisionKey,
      long nextVersion,
      @Nullable ObjectState next,
      String uid,
      WriteCause cause,
      long timeMillis) {
    EventRecord.Type type;
    if (next == null) {
      type = EventRecord.Type.DELETED;
    } else {
      type = state == null ? EventRecord.Type.CREATED : EventRecord.Type.UPDATED;
    }
    return new EventRecord(
        partition,
        epoch,
        nextVersion,
        state == null ? 0 : version,
        sequence + 1,
        type,
        decisionKey,
        uid,
        next == null ? EMPTY : StateFormat.encode(next),
        Map.of(),
        Map.of(),
        cause,
        "",
        timeMillis);
  }
}

package dev.troupe.runtime.controller;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.controller.logic.state.ObjectState;
import dev.troupe.runtime.controller.logic.state.StateFormat;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.WriteCause;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the events of one controller actor add up to: its newest decision.
///
/// @param version of the decision; 0 if there was none
/// @param state null if nothing is remembered
/// @param illegible why the decision that there is cannot be read; null if it can, or there is none
record Memory(
    long sequence, long version, @Nullable ObjectState state, @Nullable String illegible) {

  static final Memory NOTHING = new Memory(0, 0, null, null);

  private static final byte[] EMPTY = {'{', '}'};

  static Memory of(EventRecord record) {
    if (record.type() == EventRecord.Type.DELETED) {
      return new Memory(record.sequence(), record.version(), null, null);
    }
    try {
      return new Memory(
          record.sequence(), record.version(), StateFormat.decode(record.body()), null);
    } catch (RuntimeException illegible) {
      return new Memory(record.sequence(), record.version(), null, illegible.toString());
    }
  }

  private boolean exists() {
    return state != null || illegible != null;
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
      type = exists() ? EventRecord.Type.UPDATED : EventRecord.Type.CREATED;
    }
    return new EventRecord(
        partition,
        epoch,
        nextVersion,
        exists() ? version : 0,
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

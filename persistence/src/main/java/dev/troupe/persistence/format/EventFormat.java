package dev.troupe.persistence.format;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.StoreException;
import dev.troupe.runtime.store.WriteCause;
import org.jspecify.annotations.Nullable;

/// Format 1 of an [EventRecord]: what identifies it, then the rest, then the body, in which the
/// owners of fields take few bytes.
final class EventFormat {

  private EventFormat() {}

  static void write(Output out, EventRecord event) {
    Fields.key(out, event.key());
    writePartition(out, event.partition(), event.key());
    out.writeByte(code(event.type()));
    out.writeVarLong(event.epoch(), true);
    out.writeLong(event.version());
    out.writeVarLong(event.sequence(), true);
    out.writeVarLong(event.previousVersion(), true);
    Fields.text(out, event.uid());
    Fields.texts(out, event.previousLabels());
    Fields.texts(out, event.previousFields());
    writeCause(out, event.cause());
    Fields.text(out, event.mutationKey());
    out.writeVarLong(event.timeMillis(), true);
    Fields.bytes(out, event.packedBody());
  }

  static EventRecord read(Input in) {
    var header = readHeader(in);
    try {
      return rest(in, header);
    } catch (KryoException | StoreException damaged) {
      throw new StoreException(
          "the record of " + header.key() + "@" + header.version() + ": " + damaged.getMessage(),
          damaged);
    }
  }

  static EventHeader readHeader(Input in) {
    var key = Fields.key(in);
    return new EventHeader(
        key,
        readPartition(in, key),
        type(in.readByte()),
        in.readVarLong(true),
        in.readLong(),
        in.readVarLong(true));
  }

  private static EventRecord rest(Input in, EventHeader header) {
    long previousVersion = in.readVarLong(true);
    var uid = Fields.text(in);
    var previousLabels = Fields.texts(in);
    var previousFields = Fields.texts(in);
    var cause = readCause(in);
    var mutationKey = Fields.text(in);
    long timeMillis = in.readVarLong(true);
    return new EventRecord(
        header.partition(),
        header.epoch(),
        header.version(),
        previousVersion,
        header.sequence(),
        header.type(),
        header.key(),
        uid,
        EventRecord.body(Fields.bytes(in)),
        previousLabels,
        previousFields,
        cause,
        mutationKey,
        timeMillis);
  }

  /// The collection of the partition is nearly always the type of the key.
  private static void writePartition(Output out, PartitionId partition, ResourceKey key) {
    boolean same = partition.collection().equals(key.type());
    out.writeBoolean(same);
    if (!same) {
      Fields.type(out, partition.collection());
    }
    out.writeVarInt(partition.number(), true);
  }

  private static PartitionId readPartition(Input in, ResourceKey key) {
    var collection = in.readBoolean() ? key.type() : Fields.type(in);
    return new PartitionId(collection, in.readVarInt(true));
  }

  private static void writeCause(Output out, WriteCause cause) {
    out.writeByte(code(cause.kind()));
    Fields.text(out, cause.name());
    Fields.text(out, cause.client());
    Fields.text(out, cause.reason());
    var subject = cause.subject();
    out.writeBoolean(subject != null);
    if (subject != null) {
      Fields.key(out, subject);
    }
    out.writeVarLong(cause.version(), true);
  }

  private static WriteCause readCause(Input in) {
    var kind = kind(in.readByte());
    var name = Fields.text(in);
    var client = Fields.text(in);
    var reason = Fields.text(in);
    @Nullable ResourceKey subject = in.readBoolean() ? Fields.key(in) : null;
    return new WriteCause(kind, name, client, reason, subject, in.readVarLong(true));
  }

  private static int code(EventRecord.Type type) {
    return switch (type) {
      case CREATED -> 1;
      case UPDATED -> 2;
      case DELETED -> 3;
    };
  }

  private static EventRecord.Type type(int code) {
    return switch (code) {
      case 1 -> EventRecord.Type.CREATED;
      case 2 -> EventRecord.Type.UPDATED;
      case 3 -> EventRecord.Type.DELETED;
      default -> throw new StoreException("an event of the unknown type " + code);
    };
  }

  private static int code(WriteCause.Kind kind) {
    return switch (kind) {
      case USER -> 1;
      case CONTROLLER -> 2;
      case PLATFORM -> 3;
    };
  }

  private static WriteCause.Kind kind(int code) {
    return switch (code) {
      case 1 -> WriteCause.Kind.USER;
      case 2 -> WriteCause.Kind.CONTROLLER;
      case 3 -> WriteCause.Kind.PLATFORM;
      default -> throw new StoreException("a cause of the unknown kind " + code);
    };
  }
}

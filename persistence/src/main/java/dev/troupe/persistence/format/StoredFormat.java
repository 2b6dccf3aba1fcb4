package dev.troupe.persistence.format;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import dev.troupe.persistence.format.LogEntry.CollectionState;
import dev.troupe.persistence.format.LogEntry.FactsSet;
import dev.troupe.persistence.format.LogEntry.PartitionState;
import dev.troupe.persistence.format.LogEntry.Pruned;
import dev.troupe.persistence.format.LogEntry.Removed;
import dev.troupe.persistence.format.LogEntry.Trimmed;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.StoreException;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The bytes of what is stored: a class id, the version of its format, its fields. Belongs to one
/// thread at a time.
public final class StoredFormat {

  /// Ids below are Kryo's own, which are not used here.
  private static final int FIRST_ID = 16;

  private static final int EVENT = FIRST_ID;

  private static final List<Function<Input, EventRecord>> EVENT_READERS =
      List.of(EventFormat::read);

  /// The newest format of events. It is what is written: a release that has another one writes it
  /// when the store has a version of the tables that comes with it.
  public static final int EVENTS = EVENT_READERS.size();

  private final Kryo kryo = new Kryo();

  public StoredFormat() {
    kryo.setRegistrationRequired(true);
    kryo.setReferences(false);
    // An id is for ever: a class that is gone keeps its own.
    register(EventRecord.class, EVENT, EventFormat::write, EVENT_READERS);
    register(
        PartitionState.class,
        FIRST_ID + 1,
        LogEntryFormat::write,
        List.of(LogEntryFormat::partitionState1, LogEntryFormat::partitionState2));
    register(FactsSet.class, FIRST_ID + 2, LogEntryFormat::write, LogEntryFormat::factsSet);
    register(
        CollectionState.class,
        FIRST_ID + 3,
        LogEntryFormat::write,
        LogEntryFormat::collectionState);
    register(Pruned.class, FIRST_ID + 4, LogEntryFormat::write, LogEntryFormat::pruned);
    register(
        Trimmed.class,
        FIRST_ID + 5,
        (out, trimmed) -> out.writeLong(trimmed.firstSegment()),
        in -> new Trimmed(in.readLong()));
    register(Removed.class, FIRST_ID + 6, LogEntryFormat::write, LogEntryFormat::removed);
  }

  private <T> void register(
      Class<T> type, int id, BiConsumer<Output, T> writer, Function<Input, T> reader) {
    register(type, id, writer, List.of(reader));
  }

  /// @param readers see [VersionedSerializer]
  private <T> void register(
      Class<T> type, int id, BiConsumer<Output, T> writer, List<Function<Input, T>> readers) {
    kryo.register(type, new VersionedSerializer<>(writer, readers), id);
  }

  public void write(Output out, EventRecord event) {
    writeValue(out, event);
  }

  public void write(Output out, LogEntry entry) {
    writeValue(out, entry);
  }

  /// Appends `value` to `out`.
  ///
  /// @throws StoreException if its class is not one that is stored
  void writeValue(Output out, Object value) {
    checkHasId(value.getClass());
    kryo.writeClassAndObject(out, value);
  }

  private void checkHasId(Class<?> type) {
    try {
      if (kryo.getRegistration(type).getId() >= FIRST_ID) {
        return;
      }
    } catch (IllegalArgumentException unregistered) {
      // Refused below.
    }
    throw new StoreException("a " + type.getName() + " cannot be stored: the class has no id");
  }

  /// Reads one value, which must end where the input ends.
  ///
  /// @param where names the place for people, such as a file and an offset
  /// @return null if it is something else than an event
  /// @throws StoreException if it cannot be read; names the place and, if it is known, the resource
  public @Nullable EventRecord readEvent(Input in, Supplier<String> where) {
    return read(in, where) instanceof EventRecord event ? event : null;
  }

  /// Reads one value of a backup, which must end where the input ends.
  ///
  /// @throws StoreException also if it is something that no backup holds
  public ArchivedEntry readArchived(Input in, Supplier<String> where) {
    return switch (read(in, where)) {
      case EventRecord event -> new ArchivedEntry.Event(event);
      case ArchivedEntry entry -> entry;
      case Object other ->
          throw new StoreException(where.get() + " is no entry of a backup: " + other.getClass());
    };
  }

  /// Reads the state of a partition that others may follow.
  public PartitionState readPartition(Input in, Supplier<String> where) {
    return (PartitionState) reading(where, () -> readValue(in));
  }

  Object read(Input in, Supplier<String> where) {
    return reading(
        where,
        () -> {
          var value = readValue(in);
          if (in.position() != in.limit()) {
            throw new StoreException(
                in.limit() - in.position() + " bytes follow behind " + value.getClass());
          }
          return value;
        });
  }

  /// Reads an event's header, or any other value whole.
  public ReplayedEntry readHeader(Input in, Supplier<String> where) {
    return reading(
        where,
        () -> {
          int start = in.position();
          if (in.readVarInt(true) - 2 == EVENT && in.readByte() == 1) {
            return EventFormat.readHeader(in);
          }
          in.setPosition(start);
          var value = readValue(in);
          return switch (value) {
            case EventRecord event -> EventHeader.of(event);
            case LogEntry entry -> entry;
            default -> throw new StoreException("no entry of a log: " + value.getClass());
          };
        });
  }

  private static <T> T reading(Supplier<String> where, Supplier<T> reader) {
    try {
      return reader.get();
    } catch (KryoException | StoreException | IllegalArgumentException damaged) {
      throw new StoreException(where.get() + " cannot be read: " + damaged.getMessage(), damaged);
    }
  }

  /// Kryo's own way would accept a class by its name.
  private Object readValue(Input in) {
    int id = in.readVarInt(true) - 2;
    var registration = id < FIRST_ID ? null : kryo.getRegistration(id);
    if (registration == null) {
      throw new StoreException("no class has the id " + id);
    }
    return read(in, registration);
  }

  @SuppressWarnings("unchecked")
  private Object read(Input in, Registration registration) {
    return ((Serializer<Object>) registration.getSerializer())
        .read(kryo, in, (Class<Object>) registration.getType());
  }
}

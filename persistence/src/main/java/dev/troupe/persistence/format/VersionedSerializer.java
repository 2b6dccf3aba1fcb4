package dev.troupe.persistence.format;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import dev.troupe.runtime.store.StoreException;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/// A serializer whose bytes begin with the version of their format. It writes the newest and reads
/// all.
final class VersionedSerializer<T> extends Serializer<T> {

  private final BiConsumer<Output, T> writer;
  private final List<Function<Input, T>> readers;

  /// @param writer writes the newest format
  /// @param readers one per format, beginning with format 1
  VersionedSerializer(BiConsumer<Output, T> writer, List<Function<Input, T>> readers) {
    super(false, true);
    this.writer = writer;
    this.readers = readers;
  }

  @Override
  public void write(Kryo kryo, Output out, T value) {
    out.writeByte(readers.size());
    writer.accept(out, value);
  }

  @Override
  public T read(Kryo kryo, Input in, Class<? extends T> type) {
    return reader(in, type).apply(in);
  }

  private Function<Input, T> reader(Input in, Class<?> type) {
    int version = in.readByte();
    if (version < 1) {
      throw new StoreException("format " + version + " of " + type.getSimpleName());
    }
    if (version > readers.size()) {
      throw new StoreException(
          type.getSimpleName()
              + " was written in format "
              + version
              + " by a newer Troupe; this one reads up to format "
              + readers.size());
    }
    return readers.get(version - 1);
  }
}

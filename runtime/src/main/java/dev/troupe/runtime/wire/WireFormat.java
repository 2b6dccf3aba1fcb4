package dev.troupe.runtime.wire;

import java.time.DateTimeException;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;

/// How one class is written and read, in all its versions. The first byte is the version.
///
/// Members of two releases work side by side while one replaces the other: everything that an older
/// one can say is read, and what is said to it is written as it knows it.
///
/// @param <T> what is written
public final class WireFormat<T> {

  /// @param since from which version of the language on it is written
  private record Edition<T>(
      int since, BiConsumer<WireWriter, T> writer, Function<WireReader, T> reader) {}

  private final String manifest;
  private final Class<T> type;
  private final List<Edition<T>> editions;

  private WireFormat(String manifest, Class<T> type, List<Edition<T>> editions) {
    this.manifest = manifest;
    this.type = type;
    this.editions = editions;
  }

  /// A format without a version, until [#since] gives it its first.
  ///
  /// @param manifest the class' name between members, for ever
  public static <T> WireFormat<T> of(String manifest, Class<T> type) {
    return new WireFormat<>(manifest, type, List.of());
  }

  /// The same with one more version, which is written where at least this version of the language
  /// is spoken. Those of before are read, and written where an older one is spoken.
  public WireFormat<T> since(
      int spoken, BiConsumer<WireWriter, T> writer, Function<WireReader, T> reader) {
    if (!editions.isEmpty() && spoken <= editions.getLast().since()) {
      throw new IllegalArgumentException("the versions of " + this + " are not in order");
    }
    return new WireFormat<>(
        manifest,
        type,
        Stream.concat(editions.stream(), Stream.of(new Edition<>(spoken, writer, reader)))
            .toList());
  }

  String manifest() {
    return manifest;
  }

  Class<T> type() {
    return type;
  }

  /// The newest version.
  public int newest() {
    return editions.size();
  }

  /// @param spoken the version of the language that all who may read it understand
  public void write(WireWriter out, T value, int spoken) {
    int version = newest();
    while (version > 0 && editions.get(version - 1).since() > spoken) {
      version--;
    }
    if (version == 0) {
      throw new IllegalArgumentException(this + " cannot be said in version " + spoken);
    }
    out.octet(version);
    editions.get(version - 1).writer().accept(out, value);
  }

  /// @throws NewerFormatException if its version is not known here
  /// @throws MalformedException if it is not what this format writes
  public T read(WireReader in) {
    int version = in.octet();
    if (version == 0) {
      throw new MalformedException(this + " has no version 0");
    }
    if (version > newest()) {
      throw new NewerFormatException(toString(), version, newest());
    }
    try {
      return editions.get(version - 1).reader().apply(in);
    } catch (IllegalArgumentException | DateTimeException refused) {
      throw new MalformedException(this + " cannot be: " + refused.getMessage(), refused);
    }
  }

  @Override
  public String toString() {
    return "'" + manifest + "' (" + type.getSimpleName() + ")";
  }
}

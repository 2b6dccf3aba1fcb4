package dev.troupe.runtime.wire;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The formats of everything that is written in some place. What has none is neither written nor
/// read there.
public final class WireFormats {

  private final Map<String, WireFormat<?>> byManifest;
  private final Map<Class<?>, WireFormat<?>> byType;

  /// @throws IllegalStateException if two have the same manifest or class
  public WireFormats(List<WireFormat<?>> formats) {
    byManifest =
        formats.stream()
            .collect(Collectors.toUnmodifiableMap(WireFormat::manifest, Function.identity()));
    byType =
        formats.stream()
            .collect(Collectors.toUnmodifiableMap(WireFormat::type, Function.identity()));
  }

  public Set<String> manifests() {
    return byManifest.keySet();
  }

  public Set<Class<?>> types() {
    return byType.keySet();
  }

  /// What the class of `value` is called.
  public String manifest(Object value) {
    return format(value).manifest();
  }

  /// @param spoken the version of the language that all who may read it understand
  /// @throws IllegalArgumentException if its class has no format
  public void write(WireWriter out, Object value, int spoken) {
    write(format(value), out, value, spoken);
  }

  private WireFormat<?> format(Object value) {
    var format = byType.get(value.getClass());
    if (format == null) {
      throw new IllegalArgumentException(
          "a " + value.getClass().getName() + " is not written: the class has no format");
    }
    return format;
  }

  private static <T> void write(WireFormat<T> format, WireWriter out, Object value, int spoken) {
    format.write(out, format.type().cast(value), spoken);
  }

  /// @throws NewerFormatException if its version is not known here
  /// @throws MalformedException if it is nothing that is written
  public Object read(String manifest, WireReader in) {
    var format = byManifest.get(manifest);
    if (format == null) {
      throw new MalformedException("nothing has the manifest '" + manifest + "'");
    }
    return format.read(in);
  }
}

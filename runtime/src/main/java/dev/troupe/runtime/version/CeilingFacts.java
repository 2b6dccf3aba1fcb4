package dev.troupe.runtime.version;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The facts that hold the ceiling of a partition: the version up to which it may have promised
/// that nothing will come any more. There may be several; the highest counts.
public final class CeilingFacts {

  public static final String NAME = "ceiling";

  private CeilingFacts() {}

  /// @param suffix tells it apart from others of the partition
  public static String name(String suffix) {
    return NAME + "/" + suffix;
  }

  public static boolean is(String name) {
    return name.equals(NAME) || name.startsWith(NAME + "/");
  }

  public static byte[] bytes(long version) {
    return ByteBuffer.allocate(Long.BYTES).putLong(version).array();
  }

  /// Those among the facts of a partition.
  public static Set<String> names(Map<String, byte[]> facts) {
    return facts.keySet().stream().filter(CeilingFacts::is).collect(Collectors.toSet());
  }

  /// 0 if there is none.
  public static long highest(Map<String, byte[]> facts) {
    return names(facts).stream()
        .mapToLong(name -> ByteBuffer.wrap(facts.get(name)).getLong())
        .max()
        .orElse(0);
  }
}

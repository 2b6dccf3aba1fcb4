package dev.troupe.api.resource;

import java.time.Instant;

/// What the 64 bits of a version (a `resourceVersion`) mean: milliseconds since the epoch in the
/// upper 48, a logical counter in the next 8, the number of the partition that issued it in the
/// lowest 8.
///
/// Versions are compared as numbers and written as decimal strings. Zero is "no version".
public final class Version {

  public static final long NONE = 0;

  /// One step of the logical counter: two versions of one partition differ by at least this.
  public static final long STEP = 1L << 8;

  /// How many partitions a collection can have at most.
  public static final int MAX_PARTITIONS = 256;

  private static final int TIME_SHIFT = 16;

  private Version() {}

  /// The lowest reading of the clock at `millis`, without a partition number.
  public static long atMillis(long millis) {
    return millis << TIME_SHIFT;
  }

  /// The milliseconds since the epoch that a version was issued at, or shortly after.
  public static long millis(long version) {
    return version >>> TIME_SHIFT;
  }

  public static Instant instant(long version) {
    return Instant.ofEpochMilli(millis(version));
  }

  /// The number of the partition that issued the version.
  public static int partition(long version) {
    return (int) (version & (STEP - 1));
  }

  /// The smallest version above `floor` whose lowest 8 bits are `partition`.
  public static long next(long floor, int partition) {
    long candidate = (floor & -STEP) | partition;
    return candidate > floor ? candidate : candidate + STEP;
  }

  /// Reads a `resourceVersion` as clients send it.
  ///
  /// @throws NumberFormatException unless `text` is a decimal number between 0 and 2^63 - 1
  public static long parse(String text) {
    if (text.isEmpty() || text.length() > 19 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new NumberFormatException("not a resource version: a decimal number is expected");
    }
    return Long.parseLong(text);
  }

  public static String format(long version) {
    return Long.toString(version);
  }
}

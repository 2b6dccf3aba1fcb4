package dev.troupe.testkit.experiment.figure;

/// Equal pieces of a run's time, of a round length; the last one may be shorter.
///
/// @param width in microseconds, as is `duration`
public record Buckets(long width, int count, long duration) {

  private static final long SHORTEST = 100_000;
  private static final double MICROS_PER_SECOND = 1e6;

  /// The shortest ones of a tenth of a second, or 1, 2 or 5 times a power of ten of it, of which
  /// there are not more than `most`.
  public static Buckets of(long duration, int most) {
    long width = SHORTEST;
    for (int step = 0; ceiling(duration, width) > most; step++) {
      width = step % 3 == 1 ? width / 2 * 5 : width * 2;
    }
    return new Buckets(width, (int) ceiling(duration, width), duration);
  }

  private static long ceiling(long duration, long width) {
    return (duration + width - 1) / width;
  }

  public boolean contain(long time) {
    return time >= 0 && time < duration;
  }

  /// Which one a time within the run is in.
  public int at(long time) {
    return (int) (time / width);
  }

  /// When one begins.
  public long from(int bucket) {
    return bucket * width;
  }

  /// When one ends.
  public long to(int bucket) {
    return Math.min(duration, (bucket + 1) * width);
  }

  double seconds(int bucket) {
    return (to(bucket) - from(bucket)) / MICROS_PER_SECOND;
  }
}

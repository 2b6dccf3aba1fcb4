package dev.troupe.benchmarks.load;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/// What came of a number of writers in a stretch of time.
///
/// @param latencies in nanoseconds
/// @param syncs how many there were meanwhile
/// @param clientCores how many cores this process kept busy
/// @param serverCores how many cores the target's own process kept busy, if it has one
/// @param written bytes that the disk was given meanwhile, by whomever; NaN if unknown
public record LoadResult(
    double seconds,
    Histogram latencies,
    double syncs,
    double clientCores,
    double serverCores,
    double written) {

  public static Histogram histogram() {
    return new ConcurrentHistogram(TimeUnit.MINUTES.toNanos(10), 3);
  }

  public double perSecond() {
    return latencies.getTotalCount() / seconds;
  }

  public double perSync() {
    return latencies.getTotalCount() / Math.max(1, syncs);
  }

  public double syncsEach() {
    return syncs / Math.max(1, latencies.getTotalCount());
  }

  public double cores() {
    return clientCores + serverCores;
  }

  /// The processor time of the target's own process for each.
  public double serverMillisEach() {
    return serverCores * seconds * 1e3 / Math.max(1, latencies.getTotalCount());
  }

  /// Bytes that went to the disk for each value.
  public double writtenEach() {
    return written / latencies.getTotalCount();
  }

  public double p50Millis() {
    return millisAt(50);
  }

  public double p99Millis() {
    return millisAt(99);
  }

  private double millisAt(double percentile) {
    return latencies.getValueAtPercentile(percentile) / 1e6;
  }
}

package dev.troupe.benchmarks.store;

import org.HdrHistogram.Histogram;

/// What came of a number of writers in a stretch of time.
///
/// @param latencies in nanoseconds
/// @param syncs how many there were meanwhile
/// @param clientCores how many cores this process kept busy
/// @param serverCores how many cores the store's own process kept busy, if it has one
record Load(
    double seconds, Histogram latencies, long syncs, double clientCores, double serverCores) {

  double perSecond() {
    return latencies.getTotalCount() / seconds;
  }

  double perSync() {
    return latencies.getTotalCount() / (double) Math.max(1, syncs);
  }

  double millisAt(double percentile) {
    return latencies.getValueAtPercentile(percentile) / 1e6;
  }
}

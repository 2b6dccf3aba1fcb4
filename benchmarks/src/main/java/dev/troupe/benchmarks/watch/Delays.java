package dev.troupe.benchmarks.watch;

import dev.troupe.benchmarks.load.LoadResult;
import java.util.List;
import org.HdrHistogram.Histogram;

/// How late events came after they were acknowledged to the writer.
///
/// @param events of all events at all watchers
/// @param last of each event at the watcher that got it last
/// @param writes from when a write was due to its acknowledgement: a stall of the server delays
///   what is due meanwhile, and shows here
record Delays(Histogram events, Histogram last, Histogram writes) {

  /// An event may come before the acknowledgement of what it tells: then it is not late.
  static Delays of(List<AcknowledgedWrites.Write> inOrder, List<Arrivals> watchers) {
    var delays = new Delays(LoadResult.histogram(), LoadResult.histogram(), LoadResult.histogram());
    for (int event = 0; event < inOrder.size(); event++) {
      var write = inOrder.get(event);
      delays.writes.recordValue(Math.max(0, write.acknowledged() - write.due()));
      long latest = 0;
      for (var watcher : watchers) {
        long delay = Math.max(0, watcher.moment(event) - write.acknowledged());
        delays.events.recordValue(delay);
        latest = Math.max(latest, delay);
      }
      delays.last.recordValue(latest);
    }
    return delays;
  }

  static double millis(Histogram histogram, double percentile) {
    return histogram.getValueAtPercentile(percentile) / 1e6;
  }
}

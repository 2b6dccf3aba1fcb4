package dev.troupe.benchmarks.load;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.HdrHistogram.Histogram;

/// Readings of what a target and this process have used, at one moment.
record Meter(long nanos, long syncs, long clientCpu, long serverCpu) {

  static Meter read(Target target) {
    return new Meter(System.nanoTime(), target.syncs(), processCpu(), target.serverCpu().toNanos());
  }

  private static long processCpu() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  /// What was stored between two moments that lie about as far apart as these readings.
  Load since(Meter before, double seconds, Histogram latencies) {
    double between = nanos - before.nanos;
    return new Load(
        seconds,
        latencies,
        (syncs - before.syncs) * seconds * 1e9 / between,
        (clientCpu - before.clientCpu) / between,
        (serverCpu - before.serverCpu) / between);
  }
}

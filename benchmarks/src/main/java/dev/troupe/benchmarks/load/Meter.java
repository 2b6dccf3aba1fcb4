package dev.troupe.benchmarks.load;

import java.time.Duration;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/// Readings of what is measured and of what this process has used, at one moment.
public record Meter(long nanos, long syncs, double clientCpu, double serverCpu, double written) {

  static Meter read(Metered target, Disk disk) {
    var client = ProcessHandle.current();
    return new Meter(
        System.nanoTime(),
        target.syncs(),
        cpu(client),
        target.process().stream().flatMap(Meter::family).mapToDouble(Meter::cpu).sum(),
        disk.written());
  }

  /// A database may have a process for each connection.
  private static Stream<ProcessHandle> family(ProcessHandle process) {
    return Stream.concat(Stream.of(process), process.children());
  }

  /// The processor time of a process in nanoseconds; 0 if nobody counts it.
  public static long cpu(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }

  /// What was stored between two moments that lie about as far apart as these readings.
  LoadResult since(Meter before, double seconds, Histogram latencies) {
    double between = nanos - before.nanos;
    double share = seconds * 1e9 / between;
    return new LoadResult(
        seconds,
        latencies,
        (syncs - before.syncs) * share,
        (clientCpu - before.clientCpu) / between,
        (serverCpu - before.serverCpu) / between,
        (written - before.written) * share);
  }
}

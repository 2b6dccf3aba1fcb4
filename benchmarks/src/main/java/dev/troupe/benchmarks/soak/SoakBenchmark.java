package dev.troupe.benchmarks.soak;

import dev.troupe.benchmarks.report.Report;
import dev.troupe.benchmarks.soak.Footprint.Measure;
import dev.troupe.testkit.process.TroupeProcess;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;

/// A server under everything at once: what it holds afterwards, when everything has been deleted,
/// beside what it held at the beginning, when it had done all of it once.
public final class SoakBenchmark {

  private static final Duration WARM_UP = Duration.ofSeconds(60);
  private static final Duration QUIET = Duration.ofSeconds(150);

  /// Two clients make and remove a namespace in about two seconds more than this: in half an hour a
  /// thousand.
  private static final Duration NAMESPACE_PAUSE = Duration.ofMillis(1_500);

  private SoakBenchmark() {}

  /// @param isSteady whether everything is as at its beginning
  public record Result(Report report, boolean isSteady) {}

  /// @param minutes how long the load lasts; warming up and waiting come on top
  public static Result run(Path directory, int minutes, PrintWriter progress) {
    var data = directory.resolve("data");
    try (var server = TroupeProcess.up(data, 0, "--nodes", "3")) {
      under(server, WARM_UP, progress);
      var beginning = Footprint.of(server, data);
      progress.println("at the beginning: " + beginning);
      under(server, Duration.ofMinutes(minutes), progress);
      return compare(beginning, Footprint.of(server, data));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the soak was interrupted", stopped);
    }
  }

  /// Loads the server for a while, deletes everything, and leaves it alone.
  private static void under(TroupeProcess server, Duration time, PrintWriter progress)
      throws InterruptedException {
    var api = server.api();
    var good = new GoodClients(api);
    good.populate();
    var loads = new ArrayList<>(good.loads(NAMESPACE_PAUSE));
    loads.addAll(new RudeClients(api).loads());
    long end = System.nanoTime() + time.toNanos();
    for (var thread : loads.stream().map(load -> load.start(end, progress)).toList()) {
      thread.join();
    }
    progress.println("after " + time + ": " + loads);
    good.leave();
    Thread.sleep(QUIET);
  }

  static Result compare(Footprint beginning, Footprint end) {
    var report = new Report();
    boolean steady = true;
    for (var measure : Measure.values()) {
      long before = beginning.value(measure);
      long after = end.value(measure);
      boolean kept = measure.isKept(before, after);
      steady &= kept;
      report
          .row()
          .put("measure", measure.title)
          .put("beginning", before)
          .put("end", after)
          .put("verdict", measure.verdict(kept));
    }
    return new Result(report, steady);
  }
}

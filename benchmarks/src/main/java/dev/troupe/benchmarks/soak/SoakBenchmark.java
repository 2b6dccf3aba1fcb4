package dev.troupe.benchmarks.soak;

import dev.troupe.benchmarks.report.Report;
import dev.troupe.benchmarks.soak.Footprint.Measure;
import dev.troupe.testkit.process.TroupeProcess;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A server under everything at once: what it holds afterwards, when everything has been deleted,
/// beside what it held at the beginning, when it had done all of it for a while. It is looked at
/// after each third too: what a JVM still learns levels off, what leaks does not.
public final class SoakBenchmark {

  private static final int PARTS = 3;

  /// Until everything that is bounded by number is full: tombstones, events that were said.
  private static final Duration WARM_UP = Duration.ofMinutes(10);

  private static final Duration QUIET = Duration.ofSeconds(150);

  /// While warming up, so many make and remove namespaces without a pause: their tombstones, and
  /// those of what is made in each, come to their bound of 2,048 there and then.
  private static final int WARM_UP_NAMESPACES = 12;

  /// Two clients make and remove a namespace in about two seconds more than this: in half an hour a
  /// thousand.
  private static final Duration NAMESPACE_PAUSE = Duration.ofMillis(1_500);

  private SoakBenchmark() {}

  /// @param isSteady whether everything is as at its beginning
  public record Result(Report report, boolean isSteady) {}

  /// @param minutes how long the load lasts; warming up and waiting come on top
  public static Result run(Path directory, int minutes, PrintWriter progress) {
    var data = directory.resolve("data");
    var footprints = new ArrayList<Footprint>();
    try (var server = TroupeProcess.up(data, 0, "--nodes", "3")) {
      for (int part = 0; part <= PARTS; part++) {
        if (part == 0) {
          under(server, WARM_UP, WARM_UP_NAMESPACES, progress);
        } else {
          under(server, Duration.ofMinutes(minutes).dividedBy(PARTS), 0, progress);
        }
        footprints.add(Footprint.of(server, data));
        progress.println("holds " + footprints.getLast());
      }
      return compare(footprints);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the soak was interrupted", stopped);
    }
  }

  /// Loads the server for a while, deletes everything, and leaves it alone.
  private static void under(
      TroupeProcess server, Duration time, int moreNamespaces, PrintWriter progress)
      throws InterruptedException {
    var api = server.api();
    var good = new GoodClients(api);
    good.populate();
    var loads = new ArrayList<>(good.loads(NAMESPACE_PAUSE));
    loads.addAll(good.namespaces(moreNamespaces));
    loads.addAll(new RudeClients(api).loads());
    long end = System.nanoTime() + time.toNanos();
    for (var thread : loads.stream().map(load -> load.start(end, progress)).toList()) {
      thread.join();
    }
    print(loads, time, progress);
    good.leave();
    Thread.sleep(QUIET);
  }

  private static void print(List<SoakClient> loads, Duration time, PrintWriter progress) {
    progress.println("what the clients did in " + time.toSeconds() + " s:");
    var report = new Report();
    loads.forEach(load -> load.put(report.row()));
    report.print(progress, false);
  }

  /// @param footprints the beginning, those on the way, and the end
  static Result compare(List<Footprint> footprints) {
    var report = new Report();
    boolean steady = true;
    int last = footprints.size() - 1;
    for (var measure : Measure.values()) {
      var row = report.row().put("measure", measure.title);
      for (int i = 0; i <= last; i++) {
        var column = i == 0 ? "beginning" : i == last ? "end" : "after " + i + "/" + last;
        row.put(column, footprints.get(i).value(measure));
      }
      boolean kept =
          measure.isKept(footprints.getFirst().value(measure), footprints.getLast().value(measure));
      steady &= kept;
      row.put("verdict", measure.verdict(kept));
    }
    return new Result(report, steady);
  }
}

package dev.troupe.benchmarks.option;

import dev.troupe.benchmarks.place.BenchPlace;
import dev.troupe.benchmarks.report.Report;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.BiFunction;
import picocli.CommandLine.Option;

/// Where a benchmark runs, and in which form its figures are printed.
public final class Bench {

  enum Form {
    table,
    json
  }

  @Option(
      names = "--output",
      defaultValue = "table",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Form form = Form.table;

  @Option(
      names = "--directory",
      defaultValue = "${sys:java.io.tmpdir}",
      description =
          "A directory on the disk to measure; all files are below it, and removed (default:"
              + " ${DEFAULT-VALUE}).")
  private Path parent = Path.of(".");

  /// @param benchmark given an empty directory, and where to tell how far it is
  public int run(BiFunction<Path, PrintWriter, Report> benchmark) {
    print(measure(benchmark));
    return 0;
  }

  /// @return what a benchmark measures that knows whether it is well
  public <T> T measure(BiFunction<Path, PrintWriter, T> benchmark) {
    var progress = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    var place = BenchPlace.below(parent);
    if (BenchPlace.isInMemory(place)) {
      progress.println(
          "warning: " + place + " is in memory, where a sync costs nothing; use --directory");
    }
    return benchmark.apply(place, progress);
  }

  public void print(Report report) {
    report.print(new PrintWriter(System.out, true, StandardCharsets.UTF_8), form == Form.json);
  }
}

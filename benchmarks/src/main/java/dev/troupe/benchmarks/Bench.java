package dev.troupe.benchmarks;

import dev.troupe.benchmarks.report.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.function.BiFunction;
import picocli.CommandLine.Option;

/// Where a benchmark runs, and in which form its figures are printed.
final class Bench {

  enum Form {
    table,
    json
  }

  @Option(
      names = "--output",
      defaultValue = "table",
      description = "table or json (default: ${DEFAULT-VALUE}).")
  private Form form = Form.table;

  @Option(
      names = "--directory",
      defaultValue = "${sys:java.io.tmpdir}",
      description =
          "An existing directory on the disk to measure; everything is in a directory of its own"
              + " below, and removed (default: ${DEFAULT-VALUE}).")
  private Path directory = Path.of(".");

  /// @param benchmark given an empty directory and where to tell how far it is
  int run(BiFunction<Path, PrintWriter, Report> benchmark) {
    var progress = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    var place = temporaryDirectory();
    var removal = new Thread(() -> delete(place));
    Runtime.getRuntime().addShutdownHook(removal);
    warnOfMemory(place, progress);
    var report = benchmark.apply(place, progress);
    report.print(new PrintWriter(System.out, true, StandardCharsets.UTF_8), form == Form.json);
    return 0;
  }

  private Path temporaryDirectory() {
    try {
      return Files.createTempDirectory(directory, "troupe-bench");
    } catch (NoSuchFileException e) {
      throw new UncheckedIOException("--directory: there is no directory " + directory, e);
    } catch (IOException e) {
      throw new UncheckedIOException("--directory: cannot write to " + directory + ": " + e, e);
    }
  }

  private static void warnOfMemory(Path place, PrintWriter progress) {
    try {
      var type = Files.getFileStore(place).type();
      if (type.equals("tmpfs") || type.equals("ramfs")) {
        progress.println(
            "warning: " + place + " is in memory, where a sync costs nothing; use --directory");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Also what a benchmark leaves that was interrupted: called when the JVM ends.
  private static void delete(Path directory) {
    try (var files = Files.walk(directory)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      System.err.println("troupe: " + directory + " could not be removed: " + e);
    }
  }
}

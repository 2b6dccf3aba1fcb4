package dev.troupe.testkit.experiment.outcome;

import dev.troupe.testkit.experiment.record.ExperimentRecord;
import dev.troupe.testkit.experiment.record.RecordFile;
import dev.troupe.testkit.experiment.report.ReportPage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where the outcome of a run is kept: `NAME-SEED.html` and `.json`, with a number behind them
/// where there are such files already.
///
/// @param page for people
/// @param record for `troupe experiment compare`
public record RunFiles(Path page, Path record) {

  private static final int MOST = 10_000;

  /// Makes the directory, if there is none.
  public static RunFiles write(Path directory, ExperimentRecord record) {
    try {
      Files.createDirectories(directory);
      var files = free(directory, record.run().experiment() + "-" + record.run().seed());
      RecordFile.write(record, files.record());
      Files.writeString(files.page(), ReportPage.of(record));
      return files;
    } catch (IOException failure) {
      throw new UncheckedIOException(
          "the report cannot be written below %s: %s".formatted(directory, failure.getMessage()),
          failure);
    }
  }

  private static RunFiles free(Path directory, String name) throws IOException {
    for (int i = 1; i < MOST; i++) {
      var numbered = i == 1 ? name : name + "-" + i;
      var files =
          new RunFiles(
              directory.resolve(numbered + ".html"), directory.resolve(numbered + ".json"));
      if (!Files.exists(files.page()) && !Files.exists(files.record())) {
        return files;
      }
    }
    throw new IOException("there are too many runs of " + name);
  }
}

package dev.troupe.clusterconfig.command.experiment;

import dev.troupe.testkit.experiment.record.RecordFile;
import dev.troupe.testkit.experiment.report.ComparePage;
import dev.troupe.testkit.experiment.report.ComparePage.Named;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Puts two runs on one page.
@Command(
    name = "compare",
    description = "Put two runs side by side: before and after a change, with other settings.",
    mixinStandardHelpOptions = true)
final class ExperimentCompareCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "A.json", description = "The record of a run")
  private Path first = Path.of("");

  @Parameters(index = "1", paramLabel = "B.json", description = "The record of another one")
  private Path second = Path.of("");

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Where the page is written (default: ${DEFAULT-VALUE})")
  private Path output = Path.of("comparison.html");

  private final PrintWriter out;

  ExperimentCompareCommand(PrintWriter out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    try {
      Files.writeString(output, ComparePage.of(named(first), named(second)));
    } catch (IOException failure) {
      throw new UncheckedIOException(
          "%s cannot be written: %s".formatted(output, failure.getMessage()), failure);
    }
    out.println(output);
    return 0;
  }

  private static Named named(Path file) {
    return new Named(String.valueOf(file.getFileName()), RecordFile.read(file));
  }
}

package dev.troupe.benchmarks;

import dev.troupe.benchmarks.option.Bench;
import dev.troupe.benchmarks.reconcile.ReconcileBenchmark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `troupe bench reconcile`.
@Command(
    name = "reconcile",
    description =
        "The time from a change to its reconcile, in a member and as a process of its own over"
            + " HTTPS: reconciles that do nothing, and such that write a status.",
    mixinStandardHelpOptions = true)
final class ReconcileCommand implements Callable<Integer> {

  /// What it can be measured against.
  enum Operators {
    josdk
  }

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--against",
      description =
          "Measures the Java Operator SDK on the same server and the same work as well:"
              + " ${COMPLETION-CANDIDATES}.")
  private Optional<Operators> peer = Optional.empty();

  @Option(
      names = "--josdk",
      defaultValue = "benchmarks/josdk/target/lib",
      description = "Where its jars are (default: ${DEFAULT-VALUE}).")
  private Path library = Path.of("");

  @Option(
      names = "--rates",
      defaultValue = "10,100,1000",
      split = ",",
      description = "A row for each number of changes in a second (default: ${DEFAULT-VALUE}).")
  private List<Integer> rates = List.of();

  @Option(
      names = "--seconds",
      defaultValue = "10",
      description = "How long changes are made at each rate (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--objects",
      defaultValue = "1000",
      description = "Services that are changed in turn (default: ${DEFAULT-VALUE}).")
  private int objects;

  @Option(
      names = "--held",
      defaultValue = "10000",
      description = "Services when heaps are measured; 0 not to (default: ${DEFAULT-VALUE}).")
  private int held;

  @Option(
      names = "--highest",
      defaultValue = "16000",
      description =
          "Up to which rate the highest is looked for at which 99 of 100 wait no longer than a"
              + " second; 0 not to (default: ${DEFAULT-VALUE}).")
  private int highest;

  @Mixin private Bench bench = new Bench();

  @Override
  public Integer call() {
    if (rates.isEmpty() || seconds < 1 || objects < 1) {
      throw new ParameterException(
          spec.commandLine(), "--rates, --seconds and --objects must be at least 1");
    }
    if (peer.isPresent() && !Files.isDirectory(library)) {
      throw new ParameterException(
          spec.commandLine(),
          "there are no jars of the Java Operator SDK in "
              + library
              + "; get them: ./mvnw -f benchmarks/josdk dependency:copy-dependencies"
              + " -DoutputDirectory=target/lib");
    }
    var settings =
        new ReconcileBenchmark.Settings(
            peer.isPresent() ? ReconcileBenchmark.againstJosdk() : ReconcileBenchmark.ours(),
            rates,
            seconds,
            objects,
            held,
            highest,
            library,
            // As many as a member has.
            Math.max(2, Runtime.getRuntime().availableProcessors()));
    return bench.run(
        (directory, progress) -> ReconcileBenchmark.run(directory, settings, progress));
  }
}

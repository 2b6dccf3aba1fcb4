package dev.troupe.benchmarks;

import dev.troupe.benchmarks.failover.FailoverBenchmark;
import dev.troupe.benchmarks.failover.Incident;
import dev.troupe.benchmarks.option.Bench;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `troupe bench failover`.
@Command(
    name = "failover",
    description =
        "What clients of three members notice when one of them is killed, freezes, is cut off"
            + " from the others, leaves, or all are started anew one after the other: writes at a"
            + " fixed rate through all API servers, reads, lists and watches beside them. With cut,"
            + " which needs root on Linux and ip of iproute2, each member is in a network namespace"
            + " of its own.",
    mixinStandardHelpOptions = true)
final class FailoverCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--incidents",
      defaultValue = "kill,coordinator,freeze,leave,rolling,database",
      split = ",",
      description = "A row for each: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private List<Incident> incidents = List.of();

  @Option(
      names = "--rounds",
      defaultValue = "30",
      description = "Trials of each (default: ${DEFAULT-VALUE}).")
  private int trials;

  @Option(
      names = "--writes",
      defaultValue = "300",
      description = "Writes a second (default: ${DEFAULT-VALUE}).")
  private int writes;

  @Mixin private Bench bench = new Bench();

  @Override
  public Integer call() {
    if (Stream.of(trials, writes).anyMatch(n -> n < 1)) {
      throw new ParameterException(spec.commandLine(), "--rounds and --writes must be at least 1");
    }
    var settings = new FailoverBenchmark.Settings(incidents, trials, writes);
    return bench.run((directory, progress) -> FailoverBenchmark.run(directory, settings, progress));
  }
}

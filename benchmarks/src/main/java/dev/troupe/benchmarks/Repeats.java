package dev.troupe.benchmarks;

import dev.troupe.benchmarks.report.Rounds;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// How often a benchmark measures each of its rows, and for how long.
final class Repeats {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  @Option(
      names = "--rounds",
      defaultValue = "5",
      description = "Measurements per row (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--seconds",
      defaultValue = "5",
      description = "Length of one (default: ${DEFAULT-VALUE}).")
  private int seconds;

  Rounds rounds() {
    if (rounds < 1 || seconds < 1) {
      throw new ParameterException(
          command.commandLine(), "--rounds and --seconds must be at least 1");
    }
    return new Rounds(rounds, Duration.ofSeconds(seconds));
  }
}

package dev.troupe.benchmarks.option;

import dev.troupe.benchmarks.report.Rounds;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// How often a benchmark measures each of its rows, and for how long.
public final class Repeats {

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

  public Rounds rounds() {
    checkPositive("--rounds", List.of(rounds));
    checkPositive("--seconds", List.of(seconds));
    return new Rounds(rounds, Duration.ofSeconds(seconds));
  }

  /// @throws ParameterException unless all numbers given with an option are
  public void checkPositive(String option, List<Integer> numbers) {
    if (numbers.stream().anyMatch(number -> number < 1)) {
      throw new ParameterException(command.commandLine(), option + " must be at least 1");
    }
  }
}

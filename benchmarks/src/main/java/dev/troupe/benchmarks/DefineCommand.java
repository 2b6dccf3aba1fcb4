package dev.troupe.benchmarks;

import dev.troupe.benchmarks.option.Bench;
import dev.troupe.benchmarks.recovery.DefinitionsBenchmark;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `troupe bench define`.
@Command(
    name = "define",
    description =
        "What many types cost that are defined at once: until they are served, in memory, at a"
            + " start.",
    mixinStandardHelpOptions = true)
final class DefineCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--definitions",
      defaultValue = "500",
      description = "How many (default: ${DEFAULT-VALUE}).")
  private int definitions;

  @Option(
      names = "--fields",
      defaultValue = "50",
      description = "Of each type (default: ${DEFAULT-VALUE}).")
  private int fields;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "Starts that are measured (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Mixin private Bench bench = new Bench();

  @Override
  public Integer call() {
    if (definitions < 1 || fields < 1 || rounds < 1) {
      throw new ParameterException(
          spec.commandLine(), "--definitions, --fields and --rounds must be at least 1");
    }
    return bench.run((directory, progress) ->
        DefinitionsBenchmark.run(directory, definitions, fields, rounds, progress));
  }
}

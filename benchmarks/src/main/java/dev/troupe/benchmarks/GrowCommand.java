package dev.troupe.benchmarks;

import dev.troupe.benchmarks.growth.GrowthBenchmark;
import dev.troupe.benchmarks.option.Bench;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `troupe bench grow`.
@Command(
    name = "grow",
    description =
        "The same work in collections of different sizes: creates, watches that begin with a"
            + " namespace of 1,000 objects, and its deletion.",
    mixinStandardHelpOptions = true)
final class GrowCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--objects",
      defaultValue = "10000,200000",
      split = ",",
      description =
          "A row for each number of config maps of 300 bytes (default: ${DEFAULT-VALUE}).")
  private List<Integer> objects = List.of();

  @Option(
      names = "--rounds",
      defaultValue = "5",
      description = "Measurements per row (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Mixin private Bench bench = new Bench();

  @Override
  public Integer call() {
    if (rounds < 1 || objects.stream().anyMatch(number -> number < 1)) {
      throw new ParameterException(spec.commandLine(), "--objects and --rounds must be at least 1");
    }
    return bench.run(
        (directory, progress) -> GrowthBenchmark.run(directory, objects, rounds, progress));
  }
}

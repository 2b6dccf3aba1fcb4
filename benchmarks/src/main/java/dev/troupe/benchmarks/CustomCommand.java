package dev.troupe.benchmarks;

import dev.troupe.benchmarks.custom.CustomBenchmark;
import dev.troupe.benchmarks.option.Bench;
import dev.troupe.benchmarks.option.Repeats;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `troupe bench custom`.
@Command(
    name = "custom",
    description =
        "Creates and lists of a custom resource with many fields, beside config maps of the same"
            + " size, in turn.",
    mixinStandardHelpOptions = true)
final class CustomCommand implements Callable<Integer> {

  @Option(
      names = "--fields",
      defaultValue = "200",
      description = "Of the schema, and of each object (default: ${DEFAULT-VALUE}).")
  private int fields;

  @Option(
      names = "--objects",
      defaultValue = "5000",
      description = "How many are listed at once (default: ${DEFAULT-VALUE}).")
  private int objects;

  @Option(
      names = "--connections",
      defaultValue = "1,16",
      split = ",",
      description = "A row for each number of connections (default: ${DEFAULT-VALUE}).")
  private List<Integer> connections = List.of();

  @Mixin private Repeats repeats = new Repeats();
  @Mixin private Bench bench = new Bench();

  @Override
  public Integer call() {
    repeats.checkPositive("--connections", connections);
    repeats.checkPositive("--fields", List.of(fields));
    repeats.checkPositive("--objects", List.of(objects));
    var settings = new CustomBenchmark.Settings(fields, objects, connections, repeats.rounds());
    return bench.run((directory, progress) -> CustomBenchmark.run(directory, settings, progress));
  }
}

package dev.troupe.benchmarks;

import dev.troupe.benchmarks.apply.ApplyBenchmark;
import dev.troupe.benchmarks.option.Bench;
import dev.troupe.benchmarks.option.Repeats;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `troupe bench apply`.
@Command(
    name = "apply",
    description =
        "Server-side apply of a deployment, as it is and with a change, beside reading it, in"
            + " turn.",
    mixinStandardHelpOptions = true)
final class ApplyCommand implements Callable<Integer> {

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
    var rounds = repeats.rounds();
    return bench.run(
        (directory, progress) -> ApplyBenchmark.run(directory, connections, rounds, progress));
  }
}

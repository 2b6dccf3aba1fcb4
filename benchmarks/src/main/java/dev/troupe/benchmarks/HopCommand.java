package dev.troupe.benchmarks;

import dev.troupe.benchmarks.hop.HopBenchmark;
import dev.troupe.benchmarks.option.Bench;
import dev.troupe.benchmarks.option.Repeats;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `troupe bench hop`.
@Command(
    name = "hop",
    description =
        "Creates through the right and the wrong one of three members in this process, in turn,"
            + " without HTTPS and on a store that keeps nothing.",
    mixinStandardHelpOptions = true)
final class HopCommand implements Callable<Integer> {

  @Option(
      names = "--writers",
      defaultValue = "1,16",
      split = ",",
      description = "A row for each number of writers (default: ${DEFAULT-VALUE}).")
  private List<Integer> writers = List.of();

  @Mixin private Repeats repeats = new Repeats();

  @Mixin private Bench bench = new Bench();

  @Override
  public Integer call() {
    repeats.checkPositive("--writers", writers);
    var rounds = repeats.rounds();
    return bench.run(
        (directory, progress) -> HopBenchmark.run(directory, writers, rounds, progress));
  }
}

package dev.troupe.benchmarks;

import dev.troupe.benchmarks.journal.JournalBenchmark;
import dev.troupe.benchmarks.option.Bench;
import dev.troupe.benchmarks.option.Repeats;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `troupe bench journal`.
@Command(
    name = "journal",
    description =
        "What it takes to ask why a pod is as it is, for its history, and which timers are set,"
            + " among many.",
    mixinStandardHelpOptions = true)
final class JournalCommand implements Callable<Integer> {

  @Option(
      names = "--objects",
      defaultValue = "1000,100000",
      split = ",",
      description = "A row for each number of objects (default: ${DEFAULT-VALUE}).")
  private List<Integer> objects = List.of();

  @Mixin private Repeats repeats = new Repeats();
  @Mixin private Bench bench = new Bench();

  @Override
  public Integer call() {
    repeats.checkPositive("--objects", objects);
    var rounds = repeats.rounds();
    return bench.run(
        (directory, progress) -> JournalBenchmark.run(directory, objects, rounds, progress));
  }
}

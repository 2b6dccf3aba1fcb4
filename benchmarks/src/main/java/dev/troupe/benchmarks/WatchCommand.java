package dev.troupe.benchmarks;

import dev.troupe.benchmarks.BenchCommand.Rival;
import dev.troupe.benchmarks.option.Bench;
import dev.troupe.benchmarks.option.Repeats;
import dev.troupe.benchmarks.watch.WatchBenchmark;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `troupe bench watch`.
@Command(
    name = "watch",
    description =
        "Watches of the same objects by many watchers, some of them slow: how long after its"
            + " acknowledgement an event comes, how many come in a second, and what the server"
            + " holds for a watcher that is idle.",
    mixinStandardHelpOptions = true)
final class WatchCommand implements Callable<Integer> {

  @Option(
      names = "--against",
      description = "Measures watches of a peer in the same run: ${COMPLETION-CANDIDATES}.")
  private Optional<Rival> rival = Optional.empty();

  @Option(
      names = "--watchers",
      defaultValue = "1,100,1000,10000",
      split = ",",
      description = "A row for each number of watchers (default: ${DEFAULT-VALUE}).")
  private List<Integer> watchers = List.of();

  @Option(
      names = "--slow",
      defaultValue = "100",
      description =
          "One in so many watchers reads a piece a second only; 0 for none (default:"
              + " ${DEFAULT-VALUE}).")
  private int slow;

  @Option(
      names = "--events",
      defaultValue = "10000",
      description =
          "Delays are measured at a fixed rate of writes, at most 200 a second, from which"
              + " about so many events a second come (default: ${DEFAULT-VALUE}).")
  private int events;

  @Mixin private Repeats repeats = new Repeats();
  @Mixin private Bench bench = new Bench();

  @Override
  public Integer call() {
    repeats.checkPositive("--watchers", watchers);
    repeats.checkPositive("--events", List.of(events));
    var settings =
        new WatchBenchmark.Settings(watchers, Math.max(0, slow), events, repeats.rounds());
    return bench.run((directory, progress) ->
        rival.isPresent()
            ? WatchBenchmark.againstEtcd(directory, settings, progress)
            : WatchBenchmark.run(directory, settings, progress));
  }
}

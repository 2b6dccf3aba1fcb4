package dev.troupe.benchmarks;

import dev.troupe.benchmarks.BenchCommand.Rival;
import dev.troupe.benchmarks.list.ListBenchmark;
import dev.troupe.benchmarks.option.Bench;
import dev.troupe.benchmarks.option.Repeats;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `troupe bench list`.
@Command(
    name = "list",
    description =
        "Lists of many objects: whole, in pages, by label, as table; per second, and what the"
            + " server holds for each; and for watches that begin with everything.",
    mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {

  @Option(
      names = "--against",
      description =
          "Measures ranges of the same objects in a peer in the same run, in turn:"
              + " ${COMPLETION-CANDIDATES}.")
  private Optional<Rival> rival = Optional.empty();

  @Option(
      names = "--objects",
      defaultValue = "100000",
      description = "Config maps of 1 KB (default: ${DEFAULT-VALUE}).")
  private int objects;

  @Option(
      names = "--clients",
      defaultValue = "1,16",
      split = ",",
      description = "A row for each number of lists at once (default: ${DEFAULT-VALUE}).")
  private List<Integer> clients = List.of();

  @Option(
      names = "--watchers",
      defaultValue = "1000",
      description =
          "Watches that begin at resourceVersion 0, with everything; 0 for none (default:"
              + " ${DEFAULT-VALUE}).")
  private int watchers;

  @Option(
      names = "--bare",
      description =
          "Measures the same objects without managedFields as well, in another namespace, in turn.")
  private boolean bare;

  @Mixin private Repeats repeats = new Repeats();
  @Mixin private Bench bench = new Bench();

  @Override
  public Integer call() {
    repeats.checkPositive("--clients", clients);
    repeats.checkPositive("--objects", List.of(objects));
    var settings =
        new ListBenchmark.Settings(objects, clients, Math.max(0, watchers), bare, repeats.rounds());
    return bench.run((directory, progress) ->
        rival.isPresent()
            ? ListBenchmark.againstEtcd(directory, settings, progress)
            : ListBenchmark.run(directory, settings, progress));
  }
}

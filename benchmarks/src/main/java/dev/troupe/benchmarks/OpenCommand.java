package dev.troupe.benchmarks;

import dev.troupe.benchmarks.option.Bench;
import dev.troupe.benchmarks.store.OpenBenchmark;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `troupe bench open`.
@Command(
    name = "open",
    description =
        "What the next owner of a partition on PostgreSQL waits for before it serves: a new epoch,"
            + " and all of its objects.",
    mixinStandardHelpOptions = true)
final class OpenCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--url",
      description =
          "The JDBC URL of an empty database; user and password come from TROUPE_STORE_USER and"
              + " TROUPE_STORE_PASSWORD. Without it, a server is started on loopback.")
  private Optional<String> url = Optional.empty();

  @Option(
      names = "--objects",
      defaultValue = "20000,100000",
      split = ",",
      description = "A row for each number of config maps of 1.5 KB (default: ${DEFAULT-VALUE}).")
  private List<Integer> objects = List.of();

  @Option(
      names = "--events",
      defaultValue = "2",
      description = "Events of each (default: ${DEFAULT-VALUE}).")
  private int events;

  @Option(
      names = "--rounds",
      defaultValue = "7",
      description = "Measurements per row (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Mixin private Bench bench = new Bench();

  @Override
  public Integer call() {
    if (Stream.concat(objects.stream(), Stream.of(events, rounds)).anyMatch(n -> n < 1)) {
      throw new ParameterException(
          spec.commandLine(), "--objects, --events and --rounds must be at least 1");
    }
    return bench.run((directory, progress) ->
        OpenBenchmark.run(directory, url, objects, events, rounds, progress));
  }
}

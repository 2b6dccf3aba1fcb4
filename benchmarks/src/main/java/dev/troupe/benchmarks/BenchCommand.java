package dev.troupe.benchmarks;

import dev.troupe.benchmarks.actors.ActorsBenchmark;
import dev.troupe.benchmarks.option.Bench;
import dev.troupe.benchmarks.option.Repeats;
import dev.troupe.benchmarks.recovery.RecoveryBenchmark;
import dev.troupe.benchmarks.recovery.StartBenchmark;
import dev.troupe.benchmarks.server.CreateBenchmark;
import dev.troupe.benchmarks.server.DeployBenchmark;
import dev.troupe.benchmarks.soak.SoakBenchmark;
import dev.troupe.benchmarks.store.Peer;
import dev.troupe.benchmarks.store.PostgresBenchmark;
import dev.troupe.benchmarks.store.StoreBenchmark;
import dev.troupe.clusterconfig.command.Subcommand;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `troupe bench`: starts a server of its own on a temporary directory, measures, and removes it.
@Command(
    name = "bench",
    description = "Measures Troupe on this machine. Each benchmark starts a server of its own.",
    subcommands = {
      ListCommand.class,
      WatchCommand.class,
      GrowCommand.class,
      OpenCommand.class,
      DefineCommand.class,
      ApplyCommand.class,
      JournalCommand.class,
      CustomCommand.class,
      FailoverCommand.class,
      ScaleCommand.class,
      HopCommand.class,
      ReconcileCommand.class
    },
    mixinStandardHelpOptions = true)
public final class BenchCommand implements Subcommand {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Command(
      description = "Creates per second and their latency through HTTPS.",
      mixinStandardHelpOptions = true)
  int create(
      @Option(
              names = "--against",
              description =
                  "Measures puts of the same objects into a peer in the same run, in turn:"
                      + " ${COMPLETION-CANDIDATES}.")
          Optional<Rival> rival,
      @Option(
              names = "--connections",
              defaultValue = "1,16,64",
              split = ",",
              description = "A row for each number of connections (default: ${DEFAULT-VALUE}).")
          List<Integer> connections,
      @Mixin Repeats repeats,
      @Mixin Bench bench) {
    repeats.checkPositive("--connections", connections);
    var rounds = repeats.rounds();
    return bench.run((directory, progress) ->
        rival.isPresent()
            ? CreateBenchmark.againstEtcd(directory, connections, rounds, progress)
            : CreateBenchmark.run(directory, connections, rounds, progress));
  }

  /// What creates, lists and watches can be measured against.
  enum Rival {
    etcd
  }

  @Command(
      description = "The time from the creation of a deployment to its last replica ready.",
      mixinStandardHelpOptions = true)
  int deploy(
      @Option(
              names = "--replicas",
              defaultValue = "1000",
              description = "Pods (default: ${DEFAULT-VALUE}).")
          int replicas,
      @Option(
              names = "--rounds",
              defaultValue = "3",
              description = "Measurements (default: ${DEFAULT-VALUE}).")
          int rounds,
      @Mixin Bench bench) {
    return bench.run(
        (directory, progress) -> DeployBenchmark.run(directory, replicas, rounds, progress));
  }

  @Command(
      description = "Heap per object, and the time from start to the first list after kill -9.",
      mixinStandardHelpOptions = true)
  int start(
      @Option(
              names = "--objects",
              defaultValue = "10000",
              description = "Config maps of 1.5 KB (default: ${DEFAULT-VALUE}).")
          int objects,
      @Option(
              names = "--rounds",
              defaultValue = "5",
              description = "Starts (default: ${DEFAULT-VALUE}).")
          int rounds,
      @Mixin Bench bench) {
    return bench.run(
        (directory, progress) -> StartBenchmark.run(directory, objects, rounds, progress));
  }

  @Command(
      description =
          "Appends of 1.5 KB per second to the embedded event store, in process and without Pekko,"
              + " beside bare loops of write and sync.",
      mixinStandardHelpOptions = true)
  int store(
      @Option(
              names = "--against",
              description =
                  "Measures a peer in the same run, in turn: ${COMPLETION-CANDIDATES}"
                      + " (etcd is started on loopback and reached over gRPC).")
          Optional<Peer> peer,
      @Option(
              names = "--writers",
              defaultValue = "1,16,64,256,1024",
              split = ",",
              description = "A row for each number of writers (default: ${DEFAULT-VALUE}).")
          List<Integer> writers,
      @Mixin Repeats repeats,
      @Mixin Bench bench) {
    repeats.checkPositive("--writers", writers);
    var rounds = repeats.rounds();
    return bench.run(
        (directory, progress) -> StoreBenchmark.run(directory, writers, rounds, peer, progress));
  }

  @Command(
      description =
          "Appends of 1.5 KB per second to the PostgreSQL event store, in process and without"
              + " Pekko, beside a hand-written loop that inserts the same rows.",
      mixinStandardHelpOptions = true)
  int postgresql(
      @Option(
              names = "--url",
              description =
                  "The JDBC URL of an empty database to measure in; user and password come from"
                      + " TROUPE_STORE_USER and TROUPE_STORE_PASSWORD. Without it, a server is"
                      + " started on loopback.")
          Optional<String> url,
      @Option(
              names = "--writers",
              defaultValue = "1,16,64,256",
              split = ",",
              description = "A row for each number of writers (default: ${DEFAULT-VALUE}).")
          List<Integer> writers,
      @Option(
              names = "--partitions",
              defaultValue = "1",
              description =
                  "Partitions that writers share; each has a connection, up to the number of lanes"
                      + " (default: ${DEFAULT-VALUE}).")
          int partitions,
      @Mixin Repeats repeats,
      @Mixin Bench bench) {
    repeats.checkPositive("--writers", writers);
    repeats.checkPositive("--partitions", List.of(partitions));
    var rounds = repeats.rounds();
    return bench.run((directory, progress) ->
        PostgresBenchmark.run(directory, url, writers, partitions, rounds, progress));
  }

  @Command(
      description =
          "Updates of 1.5 KB per second through the actors of a member in process, on the embedded"
              + " event store and on one that keeps nothing, in turn.",
      mixinStandardHelpOptions = true)
  int actors(
      @Option(
              names = "--writers",
              defaultValue = "1,64,256,1024",
              split = ",",
              description = "A row for each number of writers (default: ${DEFAULT-VALUE}).")
          List<Integer> writers,
      @Mixin Repeats repeats,
      @Mixin Bench bench) {
    repeats.checkPositive("--writers", writers);
    var rounds = repeats.rounds();
    return bench.run(
        (directory, progress) -> ActorsBenchmark.run(directory, writers, rounds, progress));
  }

  @Command(
      description =
          "Everything at once for a long time, rude clients included: exit code 1 if memory,"
              + " threads, files or the log have grown by more than a tenth when everything is"
              + " deleted.",
      mixinStandardHelpOptions = true)
  int soak(
      @Option(
              names = "--minutes",
              defaultValue = "30",
              description =
                  "How long; some twenty minutes come on top (default: ${DEFAULT-VALUE}).")
          int minutes,
      @Mixin Bench bench) {
    if (minutes < 1) {
      throw new ParameterException(spec.commandLine(), "--minutes must be at least 1");
    }
    var result =
        bench.measure((directory, progress) -> SoakBenchmark.run(directory, minutes, progress));
    bench.print(result.report());
    return result.isSteady() ? 0 : 1;
  }

  @Command(
      description =
          "What many objects with a history cost: heap and disk, the first list after kill -9, a"
              + " lost index, a backup, pruning.",
      mixinStandardHelpOptions = true)
  int recovery(
      @Option(
              names = "--objects",
              defaultValue = "100000",
              description = "Config maps of 1.5 KB (default: ${DEFAULT-VALUE}).")
          int objects,
      @Option(
              names = "--events",
              defaultValue = "10",
              description = "Events of each (default: ${DEFAULT-VALUE}).")
          int events,
      @Option(
              names = "--rounds",
              defaultValue = "5",
              description = "Starts of each kind (default: ${DEFAULT-VALUE}).")
          int rounds,
      @Mixin Bench bench) {
    return bench.run((directory, progress) ->
        RecoveryBenchmark.run(directory, objects, events, rounds, progress));
  }
}

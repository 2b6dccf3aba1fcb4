package dev.troupe.clusterconfig.command;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.api.resource.Version;
import dev.troupe.clusterconfig.command.data.CommandFailedException;
import dev.troupe.clusterconfig.command.data.DataDirectory;
import dev.troupe.clusterconfig.command.data.StoreAtRest;
import dev.troupe.clusterconfig.command.option.DataOption;
import dev.troupe.clusterconfig.command.option.StoreOption;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.resources.registry.ResourceType;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Changes how many partitions a collection has, while nothing runs.
@Command(
    name = "repartition",
    description = {
      "Give a type another number of partitions, while nothing runs.",
      "Everything that is stored is written anew, which needs twice as much room meanwhile.",
      "Whoever watched objects of the type has to list again."
    },
    mixinStandardHelpOptions = true)
final class RepartitionCommand implements Callable<Integer> {

  @Mixin private final DataOption data = new DataOption();
  @Mixin private final StoreOption store = new StoreOption();

  @Parameters(paramLabel = "TYPE", description = "Such as pods or deployments.apps", index = "0")
  private String type = "";

  @Parameters(paramLabel = "N", description = "How many partitions, from 1 to 256", index = "1")
  private int partitions;

  private final PrintWriter out;

  RepartitionCommand(PrintWriter out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    if (partitions < 1 || partitions > Version.MAX_PARTITIONS) {
      throw new CommandFailedException(
          "%d partitions: it must be from 1 to %d".formatted(partitions, Version.MAX_PARTITIONS));
    }
    var directory = new DataDirectory(data.directory());
    try (var rest = StoreAtRest.open(directory, store.location())) {
      if (rest.isFiles() && !rest.store().exists()) {
        throw new CommandFailedException(
            "nothing is stored in " + directory.root() + "; name another directory with --data");
      }
      var collection = collection(rest);
      int before = rest.store().repartition(collection, partitions);
      out.printf("%s: %s, %d before%n", collection, counted(partitions), before);
    }
    out.printf("Whoever watches them has to list again.%n");
    return 0;
  }

  /// What a definition made a type is known by the store alone.
  private TypeRef collection(StoreAtRest rest) throws IOException {
    var built =
        ResourceRegistry.standard().all().stream()
            .filter(ResourceType::stored)
            .map(ResourceType::ref)
            .filter(ref -> ref.toString().equals(type))
            .findFirst();
    if (built.isPresent()) {
      return built.get();
    }
    return rest.store().collections().stream()
        .filter(ref -> ref.toString().equals(type))
        .findFirst()
        .orElseThrow(() ->
            new CommandFailedException(
                type
                    + " is no type that is stored; they are named like pods or deployments.apps,"
                    + " and those that somebody has defined like their definition"));
  }

  private static String counted(int count) {
    return count == 1 ? "1 partition" : count + " partitions";
  }
}

package dev.troupe.clusterconfig.command.forecast;

import dev.troupe.clusterconfig.assembly.KubernetesControllers;
import dev.troupe.clusterconfig.command.client.ServingInstance;
import dev.troupe.clusterconfig.command.data.CommandFailedException;
import dev.troupe.clusterconfig.command.data.DataDirectory;
import dev.troupe.clusterconfig.command.option.DataOption;
import dev.troupe.clusterconfig.command.option.OutputOption;
import dev.troupe.resources.mutation.decision.StandardMutator;
import dev.troupe.testkit.world.controller.ControllerWorld;
import dev.troupe.testkit.world.controller.HostFlaw;
import dev.troupe.testkit.world.forecast.Forecast;
import dev.troupe.testkit.world.forecast.Outlook;
import dev.troupe.testkit.world.forecast.Wish;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Shows what would come of a change.
@Command(
    name = "what-if",
    description = {
      "Show what would come of a change, all that controllers would do because of it included.",
      "Nothing is changed: Kubernetes' own controllers decide on a copy of all objects, on a clock",
      "that runs ahead. Controllers of others take no part."
    },
    mixinStandardHelpOptions = true)
public final class WhatIfCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private final DataOption data = new DataOption();
  @Mixin private final OutputOption output = new OutputOption();

  @Option(
      names = {"-f", "--filename"},
      paramLabel = "FILE",
      description = "What would be applied: a manifest, - for standard input; may be repeated")
  private List<String> files = List.of();

  @Option(
      names = "--delete",
      paramLabel = "TYPE/NAME",
      description = "What would be deleted, such as node/node-1; may be repeated")
  private List<String> deletions = List.of();

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NS",
      description = "The namespace of what names none (default: ${DEFAULT-VALUE})")
  private String namespace = "default";

  @Option(
      names = "--minutes",
      paramLabel = "M",
      description = "How much time is to pass (default: ${DEFAULT-VALUE})")
  private int minutes = 2;

  private final PrintWriter out;
  private final InstantSource clock;

  public WhatIfCommand(PrintWriter out, InstantSource clock) {
    this.out = out;
    this.clock = clock;
  }

  @Override
  public Integer call() throws IOException {
    if (files.isEmpty() && deletions.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "say what would change: -f or --delete");
    }
    if (minutes < 1 || minutes > 1440) {
      throw new ParameterException(spec.commandLine(), "--minutes: from 1 to 1440");
    }
    try (var client = ServingInstance.client(new DataDirectory(data.directory()))) {
      var copy = ClusterCopy.of(client);
      var wishes = wishes(copy);
      wishes.forEach(wish -> DryRun.of(wish, copy, client));
      print(outlook(copy, wishes));
    }
    out.flush();
    return 0;
  }

  private Outlook outlook(ClusterCopy copy, List<Wish> wishes) {
    var now = clock.instant();
    try {
      return new Forecast(() -> world(copy, now), copy.objects())
          .of(wishes, Duration.ofMinutes(minutes));
    } catch (Forecast.RefusedWishException refused) {
      throw new CommandFailedException("it would be refused: " + refused.getMessage());
    }
  }

  private void print(Outlook outlook) {
    if (output.isJson()) {
      out.println(OutlookWords.document(outlook).toPrettyString());
    } else {
      OutlookWords.print(outlook, out);
    }
  }

  private static ControllerWorld world(ClusterCopy copy, Instant now) {
    var controllers = KubernetesControllers.of(copy.registry(), "");
    return new ControllerWorld(
        new ControllerWorld.Setup(
            controllers.ofObjects(),
            controllers.ofCollections(),
            copy.registry(),
            StandardMutator.of(copy.registry()),
            1,
            HostFlaw.NONE,
            now));
  }

  private List<Wish> wishes(ClusterCopy copy) throws IOException {
    var written = new Wishes(copy, namespace);
    var wishes = new ArrayList<Wish>();
    for (var file : files) {
      wishes.addAll(written.apply(text(file), file));
    }
    deletions.forEach(word -> wishes.add(written.delete(word)));
    return wishes;
  }

  private static String text(String file) throws IOException {
    try {
      return file.equals("-")
          ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
          : Files.readString(Path.of(file));
    } catch (NoSuchFileException _) {
      throw new CommandFailedException("there is no file " + file);
    }
  }
}

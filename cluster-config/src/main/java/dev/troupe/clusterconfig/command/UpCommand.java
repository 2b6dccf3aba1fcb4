package dev.troupe.clusterconfig.command;

import dev.troupe.clusterconfig.command.data.DataDirectory;
import dev.troupe.clusterconfig.command.data.DataKind;
import dev.troupe.clusterconfig.command.ensemble.EnsembleStart;
import dev.troupe.clusterconfig.command.option.DataOption;
import dev.troupe.clusterconfig.command.option.Ranges;
import dev.troupe.clusterconfig.command.option.StoreOption;
import dev.troupe.clusterconfig.command.run.DetachedStart;
import dev.troupe.clusterconfig.command.run.ForegroundStart;
import dev.troupe.clusterconfig.command.run.UpOptions;
import dev.troupe.clusterconfig.member.MemberStarter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Starts one member, on embedded storage or on a database.
@Command(
    name = "up",
    description = "Start a control plane on this machine.",
    mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

  static final int PORT = 6_443;

  @Mixin private final DataOption data = new DataOption();
  @Mixin private final StoreOption store = new StoreOption();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      converter = Ranges.Port.class,
      description = "Where the API is served; 0 for any free port (default: ${DEFAULT-VALUE})")
  private int port = PORT;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      converter = Ranges.NodeCount.class,
      description = "How many worker nodes are simulated (default: ${DEFAULT-VALUE})")
  private int nodes = 3;

  @Option(
      names = "--members",
      paramLabel = "N",
      converter = Ranges.MemberCount.class,
      description = {
        "How many members, each a process of its own, share a PostgreSQL that comes along, or that"
            + " --store names (default: one member alone, without a database)"
      })
  private int members;

  @Option(
      names = "--controllers",
      paramLabel = "JAR",
      description = {
        "A jar with controllers that run beside those of Kubernetes; can be given more than once.",
        "Those in DIR/plugins run as well."
      })
  private List<Path> controllers = List.of();

  @Option(names = "--detach", description = "Run in the background; `troupe down` stops it")
  private boolean detach;

  private final Class<?> program;
  private final MemberStarter starter;
  private final PrintWriter out;

  UpCommand(Class<?> program, MemberStarter starter, PrintWriter out) {
    this.program = program;
    this.starter = starter;
    this.out = out;
  }

  @Override
  public Integer call() {
    var directory = new DataDirectory(data.directory());
    var options = new UpOptions(port, nodes, members, store.location(), controllers);
    if (options.areOfMany()) {
      DataKind.refuseStoreOfOne(directory);
    } else {
      DataKind.refuseStoreOfMany(directory);
    }
    IntSupplier start =
        detach
            ? new DetachedStart(program, directory, options, out)
            : options.areOfMany()
                ? new EnsembleStart(program, directory, options, out)
                : new ForegroundStart(directory, options, starter, out);
    return start.getAsInt();
  }
}

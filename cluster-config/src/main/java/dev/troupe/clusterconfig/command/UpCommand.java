package dev.troupe.clusterconfig.command;

import dev.troupe.clusterconfig.member.MemberStarter;
import java.io.PrintWriter;
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

  @Mixin private final DataOption data = new DataOption();
  @Mixin private final StoreOption store = new StoreOption();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      converter = Ranges.Port.class,
      description = "Where the API is served; 0 for any free port (default: ${DEFAULT-VALUE})")
  private int port = 6443;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      converter = Ranges.NodeCount.class,
      description = "How many worker nodes are simulated (default: ${DEFAULT-VALUE})")
  private int nodes = 3;

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
    var options = new UpOptions(port, nodes, store.location());
    IntSupplier start =
        detach
            ? new DetachedStart(program, directory, options, out)
            : new ForegroundStart(directory, options, starter, out);
    return start.getAsInt();
  }
}

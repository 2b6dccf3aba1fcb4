package dev.troupe.clusterconfig.command.create;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `troupe new`: makes what somebody begins with.
@Command(
    name = "new",
    description = "Make a project to begin with.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
public final class NewCommand {

  private NewCommand() {}

  /// With its subcommands.
  public static CommandLine commandLine(PrintWriter out) {
    return new CommandLine(new NewCommand()).addSubcommand(new NewControllerCommand(out));
  }
}

package dev.troupe.clusterconfig.command.experiment;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `troupe experiment`: breaks members of a control plane on this machine on purpose, and shows
/// what that costs clients and whether what is promised holds.
@Command(
    name = "experiment",
    description = {
      "Break members of a control plane under load, and see what clients notice.",
      "Each run starts members and a database of its own, and ends them."
    },
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
public final class ExperimentCommand {

  private ExperimentCommand() {}

  /// With its subcommands.
  ///
  /// @param program the class whose `main` runs the command: what members are as well
  public static CommandLine commandLine(Class<?> program, PrintWriter out) {
    return new CommandLine(new ExperimentCommand())
        .addSubcommand(new ExperimentListCommand(out))
        .addSubcommand(new ExperimentRunCommand(program, out))
        .addSubcommand(new ExperimentCompareCommand(out));
  }
}

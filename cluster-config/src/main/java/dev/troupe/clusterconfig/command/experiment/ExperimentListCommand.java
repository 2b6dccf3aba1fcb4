package dev.troupe.clusterconfig.command.experiment;

import dev.troupe.testkit.experiment.file.BoxedExperiments;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Shows the experiments that are in the box, or the file of one of them.
@Command(
    name = "list",
    description = "Show the experiments that are in the box.",
    mixinStandardHelpOptions = true)
final class ExperimentListCommand implements Callable<Integer> {

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "Print the file of this one, to be copied and changed")
  private String name = "";

  private final PrintWriter out;

  ExperimentListCommand(PrintWriter out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    if (name.isEmpty()) {
      int width = BoxedExperiments.names().stream().mapToInt(String::length).max().orElse(0);
      BoxedExperiments.list()
          .forEach(one -> out.printf("%-" + width + "s  %s%n", one.name(), one.shows()));
    } else {
      out.print(new String(BoxedExperiments.bytes(name), StandardCharsets.UTF_8));
      out.flush();
    }
    return 0;
  }
}

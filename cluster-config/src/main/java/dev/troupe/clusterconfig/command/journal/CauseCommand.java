package dev.troupe.clusterconfig.command.journal;

import dev.troupe.clusterconfig.command.object.NamedObject;
import dev.troupe.clusterconfig.command.object.ServedResource;
import dev.troupe.clusterconfig.command.option.OutputOption;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Shows what led to the last change of an object.
@Command(
    name = "cause",
    description = {
      "Show what led to a change of an object, back to whoever wanted it.",
      "Each line was decided because of the one below it."
    },
    mixinStandardHelpOptions = true)
public final class CauseCommand implements Callable<Integer> {

  @Mixin private final NamedObject object = new NamedObject();
  @Mixin private final OutputOption output = new OutputOption();

  @Option(
      names = "--version",
      paramLabel = "V",
      description = "The resourceVersion of the change (default: the last one)")
  private String version = "";

  private final PrintWriter out;

  public CauseCommand(PrintWriter out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    var told = object.ask("journal=cause&resourceVersion=" + ServedResource.encoded(version));
    if (output.isJson()) {
      out.println(told.toPrettyString());
    } else {
      var indent = "";
      for (var step : told.path("steps")) {
        out.printf(
            "%s%s %s at %s by %s: %s%n",
            indent,
            JournalWords.name(step.path("object")),
            step.path("type").asString(""),
            step.path("time").asString(""),
            JournalWords.who(step.path("by")),
            step.path("by").path("reason").asString(""));
        indent = indent.isEmpty() ? "└ " : "  " + indent;
      }
      switch (told.path("end").asString("")) {
        case "forgotten" -> out.println("What led to that is not kept any more.");
        case "too long" -> out.println("There is more.");
        default -> {}
      }
    }
    out.flush();
    return 0;
  }
}

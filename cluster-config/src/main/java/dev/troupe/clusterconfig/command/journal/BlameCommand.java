package dev.troupe.clusterconfig.command.journal;

import dev.troupe.clusterconfig.command.object.NamedObject;
import dev.troupe.clusterconfig.command.option.OutputOption;
import dev.troupe.clusterconfig.command.status.TextTable;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Shows who has last set each field of an object.
@Command(
    name = "blame",
    description = "Show of each field of an object who has last set it, when and why.",
    mixinStandardHelpOptions = true)
public final class BlameCommand implements Callable<Integer> {

  @Mixin private final NamedObject object = new NamedObject();
  @Mixin private final OutputOption output = new OutputOption();

  private final PrintWriter out;

  public BlameCommand(PrintWriter out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    var told = object.ask("journal=blame");
    if (output.isJson()) {
      out.println(told.toPrettyString());
    } else {
      var table = new TextTable("FIELD", "WHEN", "WHO", "WHY");
      for (var field : told.path("fields")) {
        var setBy = field.path("setBy");
        table.row(
            field.path("path").asString(""),
            setBy.path("time").asString("before all that is kept"),
            JournalWords.who(setBy.path("by")),
            JournalWords.why(setBy.path("by"), told.path("object")));
      }
      table.print(out);
    }
    out.flush();
    return 0;
  }
}

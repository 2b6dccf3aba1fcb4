package dev.troupe.clusterconfig.command.journal;

import dev.troupe.clusterconfig.command.object.NamedObject;
import dev.troupe.clusterconfig.command.option.OutputOption;
import dev.troupe.clusterconfig.command.status.TextTable;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// Shows who changed an object, when, why and where.
@Command(
    name = "history",
    description = {
      "Show who changed an object, when, why, and which fields, newest first.",
      "Objects that are gone are shown as long as the log keeps them."
    },
    mixinStandardHelpOptions = true)
public final class HistoryCommand implements Callable<Integer> {

  @Mixin private final NamedObject object = new NamedObject();
  @Mixin private final OutputOption output = new OutputOption();

  @Option(names = "--limit", paramLabel = "N", description = "How many changes (default: 20)")
  private int limit = 20;

  @Option(names = "--diff", description = "Show what the fields were and what became of them")
  private boolean diff;

  private final PrintWriter out;

  public HistoryCommand(PrintWriter out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    var told = object.ask("journal=history&limit=" + limit);
    if (output.isJson()) {
      out.println(told.toPrettyString());
    } else if (diff) {
      told.path("events").forEach(event -> print(event, told.path("object")));
      printEnd(told);
    } else {
      var table = new TextTable("WHEN", "CHANGE", "WHO", "WHY", "FIELDS");
      told.path("events")
          .forEach(event ->
              table.row(
                  event.path("time").asString(""),
                  event.path("type").asString(""),
                  JournalWords.who(event.path("by")),
                  JournalWords.why(event.path("by"), told.path("object")),
                  JournalWords.fields(event)));
      table.print(out);
      printEnd(told);
    }
    out.flush();
    return 0;
  }

  private void print(JsonNode event, JsonNode about) {
    out.printf(
        "%s %s by %s (%s)%n",
        event.path("time").asString(""),
        event.path("type").asString(""),
        JournalWords.who(event.path("by")),
        JournalWords.why(event.path("by"), about));
    JournalWords.changes(event).forEach(out::println);
  }

  private void printEnd(JsonNode told) {
    if (!told.path("complete").asBoolean(true)) {
      out.println("What was before is not shown, or not kept any more.");
    }
  }
}

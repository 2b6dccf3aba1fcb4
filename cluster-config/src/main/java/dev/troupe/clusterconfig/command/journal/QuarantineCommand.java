package dev.troupe.clusterconfig.command.journal;

import dev.troupe.clusterconfig.command.option.OutputOption;
import dev.troupe.clusterconfig.command.status.TextTable;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/// Shows what controllers have failed to do.
@Command(
    name = "quarantine",
    description = {
      "Show what controllers have failed to do and try again, the next of them first.",
      "What has failed again and again is in quarantine: it is tried at a slow pace only, unless",
      "something changes."
    },
    mixinStandardHelpOptions = true)
public final class QuarantineCommand implements Callable<Integer> {

  private static final String PATH = "/troupe/quarantine";

  @Mixin private final AgendaQuery asked = new AgendaQuery();
  @Mixin private final OutputOption output = new OutputOption();

  private final PrintWriter out;

  public QuarantineCommand(PrintWriter out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    var told = asked.ask(PATH);
    if (output.isJson()) {
      out.println(told.toPrettyString());
    } else if (told.path("failing").isEmpty()) {
      out.println("nothing fails");
    } else {
      var table = new TextTable("NEXT TRY", "STATE", "FAILED", "CONTROLLER", "OBJECT", "MESSAGE");
      for (var one : told.path("failing")) {
        table.row(
            one.path("next").asString(""),
            one.path("quarantined").asBoolean(false) ? "quarantined" : "retrying",
            one.path("attempts").asInt(0) + "x",
            one.path("controller").asString(""),
            JournalWords.name(one.path("object")),
            what(one));
      }
      table.print(out);
      var rest = AgendaQuery.rest(told, told.path("failing").size());
      if (!rest.isEmpty()) {
        out.println(rest);
      }
    }
    out.flush();
    return 0;
  }

  /// In one line.
  private static String what(JsonNode one) {
    var message = one.path("message").asString("").replaceAll("\\s+", " ");
    var activity = one.path("activity").asString("");
    return activity.isEmpty() || message.isEmpty() ? activity + message : activity + ": " + message;
  }
}

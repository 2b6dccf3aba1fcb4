package dev.troupe.clusterconfig.command.journal;

import dev.troupe.clusterconfig.command.option.OutputOption;
import dev.troupe.clusterconfig.command.status.TextTable;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Shows the timers that controllers have set.
@Command(
    name = "timers",
    description = {
      "Show the timers that controllers have set, the earliest first: what will happen by itself",
      "if nothing else does. They outlast crashes of any member."
    },
    mixinStandardHelpOptions = true)
public final class TimersCommand implements Callable<Integer> {

  private static final String PATH = "/troupe/timers";

  @Mixin private final AgendaQuery asked = new AgendaQuery();
  @Mixin private final OutputOption output = new OutputOption();

  private final PrintWriter out;

  public TimersCommand(PrintWriter out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    var told = asked.ask(PATH);
    if (output.isJson()) {
      out.println(told.toPrettyString());
    } else if (told.path("timers").isEmpty()) {
      out.println("no timers are set");
    } else {
      var table = new TextTable("FIRES", "CONTROLLER", "OBJECT", "TIMER");
      for (var one : told.path("timers")) {
        table.row(
            one.path("fires").asString(""),
            one.path("controller").asString(""),
            JournalWords.name(one.path("object")),
            one.path("timer").asString(""));
      }
      table.print(out);
      var rest = AgendaQuery.rest(told, told.path("timers").size());
      if (!rest.isEmpty()) {
        out.println(rest);
      }
    }
    out.flush();
    return 0;
  }
}

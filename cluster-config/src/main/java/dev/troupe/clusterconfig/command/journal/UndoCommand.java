package dev.troupe.clusterconfig.command.journal;

import dev.troupe.clusterconfig.command.data.CommandFailedException;
import dev.troupe.clusterconfig.command.object.NamedObject;
import dev.troupe.clusterconfig.command.option.OutputOption;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Takes a change of an object back.
@Command(
    name = "undo",
    description = {
      "Take a change of an object back: its fields become what they were before, but for those"
          + " that",
      "somebody has set since. The object must not change meanwhile, and the change is one more in",
      "its history."
    },
    mixinStandardHelpOptions = true)
public final class UndoCommand implements Callable<Integer> {

  private static final int LOOKED_AT = 500;

  @Mixin private final NamedObject object = new NamedObject();
  @Mixin private final OutputOption output = new OutputOption();

  @Option(
      names = "--version",
      paramLabel = "V",
      description =
          "The resourceVersion of the change, as history --output json shows it"
              + " (default: the newest)")
  private String version = "";

  @Option(names = "--dry-run", description = "Show what would be taken back, and do nothing")
  private boolean dryRun;

  private final PrintWriter out;

  public UndoCommand(PrintWriter out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    var event = event(object.ask("journal=history&limit=" + LOOKED_AT));
    var now = (ObjectNode) object.ask("");
    var takenBack = TakenBack.of(event, object.ask("journal=blame"), now);
    boolean isDone = !takenBack.undone().isEmpty();
    if (isDone) {
      var query = "fieldManager=troupe-undo" + (dryRun ? "&dryRun=All" : "");
      var _ = object.replace(query, takenBack.state());
    }
    print(event, takenBack);
    out.flush();
    return isDone ? 0 : 1;
  }

  private JsonNode event(JsonNode history) {
    for (var event : history.path("events")) {
      if (version.isEmpty() || event.path("resourceVersion").asString("").equals(version)) {
        if (!event.path("type").asString("").equals("updated")) {
          throw new CommandFailedException(
              "the object was %s then: only changes of an object that goes on are taken back"
                  .formatted(event.path("type").asString("")));
        }
        if (!event.has("changes")) {
          throw new CommandFailedException("what was before that change is not kept any more");
        }
        return event;
      }
    }
    throw new CommandFailedException(
        "its history, as far as it is kept, has no change of version " + version);
  }

  private void print(JsonNode event, TakenBack takenBack) {
    if (output.isJson()) {
      var document = JsonNodeFactory.instance.objectNode();
      document.set("change", event);
      document.put("dryRun", dryRun);
      var undone = document.putArray("undone");
      takenBack.undone().forEach(undone::add);
      var left = document.putObject("left");
      takenBack.left().forEach(left::put);
      out.println(document.toPrettyString());
      return;
    }
    out.printf(
        "the change of %s by %s%s%n",
        event.path("time").asString(""),
        JournalWords.who(event.path("by")),
        dryRun ? " would be taken back" : "");
    takenBack.undone().forEach(path -> out.printf("  %s is as it was before%n", path));
    takenBack.left().forEach((path, why) -> out.printf("  %s is left as it is: %s%n", path, why));
    if (takenBack.undone().isEmpty()) {
      out.println("nothing is left to be taken back");
    }
  }
}

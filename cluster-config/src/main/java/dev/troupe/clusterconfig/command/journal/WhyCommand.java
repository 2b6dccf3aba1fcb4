package dev.troupe.clusterconfig.command.journal;

import dev.troupe.clusterconfig.command.object.NamedObject;
import dev.troupe.clusterconfig.command.option.OutputOption;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/// Shows why an object is as it is.
@Command(
    name = "why",
    description = {
      "Show why an object is as it is: what it waits for and since when, what has failed,",
      "what will happen by itself and when, and what keeps it from being deleted."
    },
    mixinStandardHelpOptions = true)
public final class WhyCommand implements Callable<Integer> {

  @Mixin private final NamedObject object = new NamedObject();
  @Mixin private final OutputOption output = new OutputOption();

  private final PrintWriter out;

  public WhyCommand(PrintWriter out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    var told = object.ask("journal=why");
    if (output.isJson()) {
      out.println(told.toPrettyString());
    } else {
      print(told);
    }
    out.flush();
    return 0;
  }

  private void print(JsonNode told) {
    var last = told.path("lastChange");
    out.printf(
        "%s%s, last %s at %s by %s (%s)%n",
        JournalWords.name(told.path("object")),
        told.path("exists").asBoolean(true) ? "" : " is gone",
        last.path("type").asString(""),
        last.path("time").asString(""),
        JournalWords.who(last.path("by")),
        JournalWords.why(last.path("by"), told.path("object")));
    if (told.has("deletion")) {
      printDeletion(told.path("deletion"));
    }
    told.path("controllers").forEach(this::printController);
    told.path("fights").forEach(this::printFight);
    for (var condition : told.path("conditions")) {
      out.printf(
          "condition %s is %s since %s%s%n",
          condition.path("type").asString(""),
          condition.path("status").asString(""),
          condition.path("lastTransitionTime").asString("?"),
          explanation(condition));
    }
  }

  private static String explanation(JsonNode condition) {
    var reason = condition.path("reason").asString("");
    var message = condition.path("message").asString("");
    var both = reason.isEmpty() || message.isEmpty() ? reason + message : reason + ": " + message;
    return both.isEmpty() ? "" : " (" + both + ")";
  }

  private void printDeletion(JsonNode deletion) {
    var asked = deletion.path("askedFor");
    out.printf(
        "deletion was asked for%s%n",
        asked.isEmpty()
            ? ""
            : " at %s by %s"
                .formatted(asked.path("time").asString(""), JournalWords.who(asked.path("by"))));
    for (var finalizer : deletion.path("finalizers")) {
      var setBy = finalizer.path("setBy");
      out.printf(
          "  it goes when finalizer %s is removed%s%n",
          finalizer.path("name").asString(""),
          setBy.isEmpty() ? "" : ", which was set by " + JournalWords.who(setBy.path("by")));
    }
  }

  private void printFight(JsonNode fight) {
    var one = fight.path("sides").path(0);
    var other = fight.path("sides").path(1);
    out.printf(
        "%s and %s fight for %s: it was set back and forth %d times from %s to %s (%s, %s)%n",
        JournalWords.who(one.path("by")),
        JournalWords.who(other.path("by")),
        fight.path("path").asString(""),
        fight.path("flips").asInt(0),
        fight.path("since").asString(""),
        fight.path("last").asString(""),
        JournalWords.value(one, "wants"),
        JournalWords.value(other, "wants"));
  }

  private void printController(JsonNode controller) {
    var name = controller.path("controller").asString("");
    for (var wait : controller.path("waits")) {
      out.printf(
          "%s waits for %s since %s: %s%n",
          name,
          wait.path("for").asString(""),
          wait.path("since").asString(""),
          wait.path("explanation").asString(""));
    }
    if (controller.has("failing")) {
      var failing = controller.path("failing");
      out.printf(
          "%s has failed %d times%s, and tries again at %s: %s%n",
          name,
          failing.path("attempts").asInt(0),
          failing.path("quarantined").asBoolean(false) ? " and is in quarantine" : "",
          failing.path("next").asString(""),
          failing.path("message").asString(""));
    }
    for (var call : controller.path("calls")) {
      var problem = call.path("problem").asString("");
      out.printf(
          "%s waits for %s, which has failed %d times%s%n",
          name,
          call.path("activity").asString(""),
          call.path("failed").asInt(0),
          problem.isEmpty() ? "" : ", last: " + problem);
    }
    if (controller.has("memory")) {
      out.printf("%s remembers %s%n", name, controller.path("memory"));
    }
    for (var timer : controller.path("timers")) {
      out.printf(
          "%s looks again at %s (timer %s)%n",
          name, timer.path("fires").asString(""), timer.path("name").asString(""));
    }
  }
}

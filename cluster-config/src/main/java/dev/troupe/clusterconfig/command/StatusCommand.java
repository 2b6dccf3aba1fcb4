package dev.troupe.clusterconfig.command;

import dev.troupe.clusterconfig.instance.Instance;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Shows the members of a data directory and the partitions that they own; fails if none runs.
@Command(
    name = "status",
    description = "Show what runs on a data directory.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

  private static final JsonMapper JSON = JsonMapper.shared();

  @Mixin private final DataOption data = new DataOption();
  @Mixin private final OutputOption output = new OutputOption();

  private final PrintWriter out;

  StatusCommand(PrintWriter out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    var directory = new DataDirectory(data.directory());
    var instance = directory.instance().running();
    if (output.isJson()) {
      out.println(json(directory, instance).toPrettyString());
    } else {
      instance.ifPresentOrElse(
          running -> printTable(running),
          () ->
              out.printf(
                  "nothing runs on %s; start it with: ./troupe up%s%n",
                  directory.root(), directory.option()));
    }
    return instance.isPresent() ? 0 : 1;
  }

  private ObjectNode json(DataDirectory directory, Optional<Instance> instance) {
    var status = JSON.createObjectNode();
    status.put("data", directory.root().toString());
    var members = status.putArray("members");
    instance.ifPresent(running -> {
      var member = members.addObject();
      member.put("pid", running.pid());
      member.put("phase", phase(running));
      member.put("nodes", running.nodes());
      member.put("since", running.processStart().toString());
      running.server().ifPresent(server -> member.put("server", server));
    });
    return status;
  }

  private void printTable(Instance running) {
    out.printf("%-8s %-10s %-28s %-6s %s%n", "PID", "PHASE", "SERVER", "NODES", "SINCE");
    out.printf(
        "%-8d %-10s %-28s %-6d %s%n",
        running.pid(),
        phase(running),
        running.server().orElse("-"),
        running.nodes(),
        running.processStart());
  }

  private static String phase(Instance running) {
    return running.phase().name().toLowerCase(Locale.ROOT);
  }
}

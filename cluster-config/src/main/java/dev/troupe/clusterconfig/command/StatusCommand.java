package dev.troupe.clusterconfig.command;

import dev.troupe.clusterconfig.instance.Instance;
import dev.troupe.clusterconfig.instance.ProcessState;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Shows what runs on a data directory, and who holds what; fails if nothing runs.
@Command(
    name = "status",
    description = "Show members, and who owns which partition.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

  private static final JsonMapper JSON = JsonMapper.shared();
  static final String OVERVIEW = "/troupe/status";

  /// With the start of this process it makes no more than two seconds.
  private static final Duration PATIENCE = Duration.ofMillis(1_100);

  @Mixin private final DataOption data = new DataOption();
  @Mixin private final OutputOption output = new OutputOption();

  private final PrintWriter out;

  StatusCommand(PrintWriter out) {
    this.out = out;
  }

  /// @param asked whether there was an API to ask
  /// @param readiness what its API says of that; empty if it does not answer
  /// @param overview what its API tells about the cluster; null if it does not answer
  private record Member(
      Instance instance,
      boolean asked,
      Optional<AdminClient.Answer> readiness,
      @Nullable JsonNode overview) {

    static Member unasked(Instance instance) {
      return new Member(instance, false, Optional.empty(), null);
    }

    /// What it has written of itself was true then: one that hangs serves no more.
    String phase() {
      if (instance.state() == ProcessState.FROZEN) {
        return "frozen";
      }
      return isSilent() ? "silent" : instance.phase().name().toLowerCase(Locale.ROOT);
    }

    boolean isSilent() {
      return asked && readiness.isEmpty() && overview == null;
    }

    boolean ready() {
      return readiness.filter(StatusCommand::isOk).isPresent();
    }

    /// The checks of its own that fail.
    List<String> problems() {
      return readiness.filter(answer -> !isOk(answer)).stream()
          .flatMap(answer -> answer.body().lines())
          .filter(line -> line.startsWith("[-]"))
          .map(line -> line.substring(3))
          .toList();
    }

    JsonNode seen(String what) {
      return overview == null ? JSON.createArrayNode() : overview.path(what);
    }

    Optional<String> address() {
      return Optional.ofNullable(overview).map(seen -> seen.path("seenBy").asString(""));
    }
  }

  @Override
  public Integer call() {
    var directory = new DataDirectory(data.directory());
    var member = directory.instance().running().map(found -> ask(directory, found));
    if (output.isJson()) {
      out.println(json(directory, member).toPrettyString());
    } else {
      member.ifPresentOrElse(this::print, () -> printNothing(directory));
    }
    return member.filter(found -> !found.isSilent()).isPresent() ? 0 : 1;
  }

  private static Member ask(DataDirectory directory, Instance instance) {
    var found = AdminClient.of(directory, instance, PATIENCE);
    if (found.isEmpty()) {
      return Member.unasked(instance);
    }
    try (var client = found.get()) {
      var readiness = client.ask("/readyz", "text/plain");
      var overview = client.ask(OVERVIEW, "application/json").join().filter(StatusCommand::isOk);
      return new Member(
          instance,
          true,
          readiness.join(),
          overview.map(answer -> JSON.readTree(answer.body())).orElse(null));
    }
  }

  private static boolean isOk(AdminClient.Answer answer) {
    return answer.code() == 200;
  }

  private static ObjectNode json(DataDirectory directory, Optional<Member> found) {
    var status = JSON.createObjectNode().put("data", directory.root().toString());
    var members = status.putArray("members");
    found.ifPresent(member -> {
      var own = members.addObject();
      describe(member, own);
      for (var seen : member.seen("members")) {
        if (isSelf(member, seen)) {
          own.set("status", seen.path("status"));
        } else {
          members.add(seen);
        }
      }
      status.set("partitions", member.seen("partitions"));
      status.set("controllers", member.seen("controllers"));
    });
    return status;
  }

  private static void describe(Member member, ObjectNode json) {
    var instance = member.instance();
    json.put("pid", instance.pid())
        .put("phase", member.phase())
        .put("ready", member.ready())
        .put("nodes", instance.nodes())
        .put("since", instance.processStart().toString());
    instance.server().ifPresent(server -> json.put("server", server));
    member.address().ifPresent(address -> json.put("address", address));
  }

  private static boolean isSelf(Member member, JsonNode seen) {
    return member.address().filter(seen.path("address").asString("")::equals).isPresent();
  }

  private void print(Member member) {
    instanceTable(member).print(out);
    member.problems().forEach(problem -> out.printf("%nnot ready: %s%n", problem));
    if (member.overview() == null) {
      out.printf("%nits API does not answer, so who holds what is not known%n");
      explain(member);
      return;
    }
    var members = new TextTable("MEMBER", "STATUS");
    for (var seen : member.seen("members")) {
      members.row(seen.path("address").asString(""), seen.path("status").asString(""));
    }
    out.println();
    members.print(out);
    out.println();
    partitionTable(member).print(out);
    out.println();
    controllerTable(member).print(out);
  }

  private void explain(Member member) {
    long pid = member.instance().pid();
    if (member.instance().state() == ProcessState.FROZEN) {
      out.printf("a signal has stopped it; it goes on with: kill -CONT %d%n", pid);
    } else if (member.isSilent()) {
      out.printf("it ends with: ./troupe down%s%n", new DataDirectory(data.directory()).option());
    }
  }

  private static TextTable instanceTable(Member member) {
    var instance = member.instance();
    return new TextTable("PID", "PHASE", "READY", "SERVER", "NODES", "SINCE")
        .row(
            Long.toString(instance.pid()),
            member.phase(),
            yes(member.ready()),
            instance.server().orElse("-"),
            Integer.toString(instance.nodes()),
            instance.processStart().toString());
  }

  private static TextTable partitionTable(Member member) {
    var table = new TextTable("PARTITION", "OWNER", "SERVING", "EPOCH", "RESOURCES", "VERSION");
    for (var partition : member.seen("partitions")) {
      table.row(
          partition.path("partition").asString(""),
          partition.path("owner").asString("-"),
          yes(partition.path("serving").asBoolean()),
          partition.path("epoch").asString(""),
          partition.path("resources").asString(""),
          partition.path("version").asString(""));
    }
    return table;
  }

  private static TextTable controllerTable(Member member) {
    var table =
        new TextTable(
            "CONTROLLER", "OWNER", "RUNNING", "EPOCH", "AWAKE", "QUARANTINED", "CIRCLING");
    for (var controller : member.seen("controllers")) {
      table.row(
          controller.path("controller").asString(""),
          controller.path("owner").asString("-"),
          yes(controller.path("running").asBoolean()),
          controller.path("epoch").asString(""),
          controller.path("awake").asString(""),
          controller.path("quarantined").asString(""),
          controller.path("circling").asString(""));
    }
    return table;
  }

  private static String yes(boolean fact) {
    return fact ? "yes" : "no";
  }

  private void printNothing(DataDirectory directory) {
    out.printf(
        "nothing runs on %s; start it with: ./troupe up%s%n", directory.root(), directory.option());
  }
}

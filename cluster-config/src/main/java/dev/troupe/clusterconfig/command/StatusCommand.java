package dev.troupe.clusterconfig.command;

import dev.troupe.clusterconfig.command.client.AdminClient;
import dev.troupe.clusterconfig.command.client.AskedMember;
import dev.troupe.clusterconfig.command.data.DataDirectory;
import dev.troupe.clusterconfig.command.option.DataOption;
import dev.troupe.clusterconfig.command.option.OutputOption;
import dev.troupe.clusterconfig.command.status.EnsembleStatus;
import dev.troupe.clusterconfig.command.status.OverviewTables;
import dev.troupe.clusterconfig.command.status.TextTable;
import dev.troupe.clusterconfig.instance.Instance;
import dev.troupe.clusterconfig.instance.ProcessState;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
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

  @Mixin private final DataOption data = new DataOption();
  @Mixin private final OutputOption output = new OutputOption();

  /// Whoever has not answered when the command is so old does not answer: a person has the table
  /// within two seconds.
  private static final Duration GIVE_UP = Duration.ofMillis(1_800);

  /// However long it took to begin, members are given so long.
  private static final Duration LEAST = Duration.ofMillis(500);

  private final PrintWriter out;
  private final Supplier<Duration> age;

  /// @param age how old the command is
  StatusCommand(PrintWriter out, Supplier<Duration> age) {
    this.out = out;
    this.age = age;
  }

  /// How long members are given.
  static Duration patience(Duration age) {
    var left = GIVE_UP.minus(age);
    return left.compareTo(LEAST) < 0 ? LEAST : left;
  }

  @Override
  public Integer call() {
    var until = Instant.now().plus(patience(age.get()));
    var directory = new DataDirectory(data.directory());
    var ensemble = directory.ensemble().file().read();
    if (ensemble.isPresent()) {
      var status = new EnsembleStatus(directory, ensemble.get(), out);
      return status.show(output.isJson(), until) ? 0 : 1;
    }
    var member = directory.instance().running().map(found -> ask(directory, found, until));
    if (output.isJson()) {
      out.println(json(directory, member).toPrettyString());
    } else {
      member.ifPresentOrElse(this::print, () -> printNothing(directory));
    }
    return member.filter(found -> !found.isSilent()).isPresent() ? 0 : 1;
  }

  private static AskedMember ask(DataDirectory directory, Instance instance, Instant until) {
    var client = AdminClient.of(directory, instance, Duration.between(Instant.now(), until));
    try {
      return AskedMember.ask(instance, client);
    } finally {
      client.ifPresent(AdminClient::close);
    }
  }

  private static ObjectNode json(DataDirectory directory, Optional<AskedMember> found) {
    var status = JSON.createObjectNode().put("data", directory.root().toString());
    var members = status.putArray("members");
    found.ifPresent(member -> {
      var own = members.addObject();
      describe(member, own);
      for (var seen : member.seen("members")) {
        if (isSelf(member, seen)) {
          own.set("status", seen.path("status"));
          if (seen.has("store")) {
            own.set("store", seen.path("store"));
          }
        } else {
          members.add(seen);
        }
      }
      status.set("partitions", member.seen("partitions"));
      status.set("controllers", member.seen("controllers"));
      status.set("promises", member.seen("promises"));
      status.set("streams", member.seen("streams"));
    });
    return status;
  }

  private static void describe(AskedMember member, ObjectNode json) {
    var instance = member.instance();
    json.put("pid", instance.pid())
        .put("phase", member.phase())
        .put("ready", member.ready())
        .put("answers", member.overview() != null)
        .put("nodes", instance.nodes())
        .put("since", instance.processStart().toString());
    instance.server().ifPresent(server -> json.put("server", server));
    member.address().ifPresent(address -> json.put("address", address));
  }

  private static boolean isSelf(AskedMember member, JsonNode seen) {
    return member.address().filter(seen.path("address").asString("")::equals).isPresent();
  }

  private void print(AskedMember member) {
    instanceTable(member).print(out);
    member.problems().forEach(problem -> out.printf("%nnot ready: %s%n", problem));
    if (member.overview() == null) {
      out.printf("%nits API does not answer, so who holds what is not known%n");
      explain(member);
      return;
    }
    var tables = new OverviewTables(address -> address);
    out.println();
    tables.members(member.seen("members")).print(out);
    out.println();
    tables.partitions(member.seen("partitions")).print(out);
    out.println();
    tables.controllers(member.seen("controllers")).print(out);
    tables.troubles(member.seen("controllers")).forEach(out::println);
    tables
        .lags(member::seen)
        .forEach(table -> {
          out.println();
          table.print(out);
        });
  }

  private void explain(AskedMember member) {
    long pid = member.instance().pid();
    if (member.instance().state() == ProcessState.FROZEN) {
      out.printf("a signal has stopped it; it goes on with: kill -CONT %d%n", pid);
    } else if (member.isSilent()) {
      out.printf("it ends with: ./troupe down%s%n", new DataDirectory(data.directory()).option());
    }
  }

  private static TextTable instanceTable(AskedMember member) {
    var instance = member.instance();
    return new TextTable("PID", "PHASE", "READY", "SERVER", "NODES", "SINCE")
        .row(
            Long.toString(instance.pid()),
            member.state(),
            OverviewTables.yes(member.ready()),
            instance.server().orElse("-"),
            Integer.toString(instance.nodes()),
            instance.processStart().toString());
  }

  private void printNothing(DataDirectory directory) {
    out.printf(
        "nothing runs on %s; start it with: ./troupe up%s%n", directory.root(), directory.option());
  }
}

package dev.troupe.clusterconfig.command;

import dev.troupe.clusterconfig.certificates.CertificateDirectory;
import dev.troupe.clusterconfig.instance.Instance;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Shows what runs on a data directory; fails if nothing does.
@Command(
    name = "status",
    description = "Show what runs on a data directory.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String ROW = "%-8s %-10s %-6s %-26s %-6s %s%n";

  @Mixin private final DataOption data = new DataOption();
  @Mixin private final OutputOption output = new OutputOption();

  private final PrintWriter out;

  StatusCommand(PrintWriter out) {
    this.out = out;
  }

  /// @param ready whether its API says so itself
  private record Member(Instance instance, boolean ready) {

    String phase() {
      return instance.phase().name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public Integer call() {
    var directory = new DataDirectory(data.directory());
    var member =
        directory.instance().running().map(found -> new Member(found, isReady(directory, found)));
    if (output.isJson()) {
      out.println(json(directory, member).toPrettyString());
    } else {
      member.ifPresentOrElse(this::printRow, () -> printNothing(directory));
    }
    return member.isPresent() ? 0 : 1;
  }

  private static boolean isReady(DataDirectory directory, Instance instance) {
    var certificates =
        new CertificateDirectory(
                directory.certificates(), InstantSource.system(), new SecureRandom())
            .read();
    if (instance.server().isEmpty() || certificates.isEmpty()) {
      return false;
    }
    try (var client = new AdminClient(instance.server().get(), certificates.get())) {
      return client.get("/readyz", "text/plain").filter(answer -> answer.code() == 200).isPresent();
    }
  }

  private static ObjectNode json(DataDirectory directory, Optional<Member> found) {
    var status = JSON.createObjectNode().put("data", directory.root().toString());
    var members = status.putArray("members");
    found.ifPresent(member -> {
      var instance = member.instance();
      var json =
          members
              .addObject()
              .put("pid", instance.pid())
              .put("phase", member.phase())
              .put("ready", member.ready())
              .put("nodes", instance.nodes())
              .put("since", instance.processStart().toString());
      instance.server().ifPresent(server -> json.put("server", server));
    });
    return status;
  }

  private void printRow(Member member) {
    var instance = member.instance();
    out.printf(ROW, "PID", "PHASE", "READY", "SERVER", "NODES", "SINCE");
    out.printf(
        ROW,
        instance.pid(),
        member.phase(),
        member.ready() ? "yes" : "no",
        instance.server().orElse("-"),
        instance.nodes(),
        instance.processStart());
  }

  private void printNothing(DataDirectory directory) {
    out.printf(
        "nothing runs on %s; start it with: ./troupe up%s%n", directory.root(), directory.option());
  }
}

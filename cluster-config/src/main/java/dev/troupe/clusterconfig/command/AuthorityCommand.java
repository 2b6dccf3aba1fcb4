package dev.troupe.clusterconfig.command;

import dev.troupe.clusterconfig.certificates.Kubeconfig;
import dev.troupe.clusterconfig.certificates.PrivateFile;
import dev.troupe.clusterconfig.command.data.DataDirectory;
import dev.troupe.clusterconfig.command.option.DataOption;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Makes the authority of a cluster whose members run elsewhere, and its administrator.
@Command(
    name = "authority",
    description = {
      "Make the authority of a cluster whose members run on other machines, and the kubeconfig of"
          + " its administrator.",
      "What is there already is kept, and renewed in its last 30 days. Whoever has the"
          + " directory is everybody: keep it where no member runs."
    },
    mixinStandardHelpOptions = true)
final class AuthorityCommand implements Callable<Integer> {

  private static final String HERE = "https://127.0.0.1:6443";

  @Mixin private final DataOption data = new DataOption();

  @Option(
      names = "--server",
      paramLabel = "URL",
      description =
          "Where the administrator reaches the cluster: a member's API, or what stands in front of"
              + " them (default: what the kubeconfig has, or "
              + HERE
              + ")")
  private String server = "";

  private final PrintWriter out;

  AuthorityCommand(PrintWriter out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    var place = new DataDirectory(data.directory());
    PrivateFile.createDirectory(place.root());
    var certificates = place.authority().open();
    if (!server.isEmpty() || !Files.exists(place.kubeconfig())) {
      var url = server.isEmpty() ? HERE : server;
      new Kubeconfig(url, certificates).write(place.kubeconfig());
    }
    out.printf(
        """
        The authority is in %s; the administrator's certificate in %s.
        For each member: troupe certificate NAME --host HOST%s
        """,
        place.certificates(), place.kubeconfig(), place.option());
    return 0;
  }
}

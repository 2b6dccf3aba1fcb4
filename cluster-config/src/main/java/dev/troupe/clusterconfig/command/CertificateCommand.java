package dev.troupe.clusterconfig.command;

import dev.troupe.clusterconfig.certificates.MemberName;
import dev.troupe.clusterconfig.command.data.CommandFailedException;
import dev.troupe.clusterconfig.command.data.DataDirectory;
import dev.troupe.clusterconfig.command.option.DataOption;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Issues what a member on another machine shows, where the cluster's authority is.
@Command(
    name = "certificate",
    description = {
      "Issue the certificates of a member on another machine.",
      "What is there already is kept, and renewed in its last 30 days or for other hosts. The"
          + " authority's key stays here."
    },
    mixinStandardHelpOptions = true)
final class CertificateCommand implements Callable<Integer> {

  @Mixin private final DataOption data = new DataOption();

  @Parameters(paramLabel = "NAME", description = "What the member is called")
  private String name = "";

  @Option(
      names = "--host",
      paramLabel = "HOST",
      required = true,
      description = "A name or an address at which other members and clients reach it")
  private List<String> hosts = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the files go; it is only its owner's (default: NAME)")
  private String out = "";

  private final PrintWriter output;

  CertificateCommand(PrintWriter output) {
    this.output = output;
  }

  @Override
  public Integer call() {
    var target = Path.of(out.isEmpty() ? name : out);
    var from = new DataDirectory(data.directory());
    if (from.authority().issue(member(), target).isEmpty()) {
      throw new CommandFailedException(
          "no authority is in "
              + from.certificates()
              + ": `troupe authority` makes one; name the directory that it is in with --data");
    }
    output.println(
        "Certificates of " + name + " for " + String.join(", ", hosts) + " are in " + target);
    output.println("Copy that directory to the member's machine; nobody else may read it.");
    return 0;
  }

  private MemberName member() {
    try {
      return new MemberName(name, hosts);
    } catch (IllegalArgumentException wrong) {
      throw new CommandFailedException(String.valueOf(wrong.getMessage()));
    }
  }
}

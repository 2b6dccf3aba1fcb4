package dev.troupe.clusterconfig.command;

import dev.troupe.clusterconfig.certificates.DamagedCertificateException;
import dev.troupe.clusterconfig.command.data.DataDirectory;
import dev.troupe.clusterconfig.command.run.Foreground;
import dev.troupe.clusterconfig.configuration.ConfigurationFile;
import dev.troupe.clusterconfig.configuration.MemberConfiguration;
import dev.troupe.clusterconfig.configuration.WrongConfigurationException;
import dev.troupe.clusterconfig.member.CompanyStarter;
import dev.troupe.clusterconfig.member.RunningMember;
import dev.troupe.clusterconfig.process.LogEncoder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Runs one member among others in this process.
@Command(
    name = "member",
    description = {
      "Run one member of a cluster whose members share a database.",
      "Everything it must know is in FILE. SIGTERM lets it leave.",
      "Exit codes: 0 it has left; 1 it could not start, or has ended by itself, start it again;"
          + " 2 FILE or a certificate is wrong; 3 a fatal error; 4 the cluster does not let it in."
    },
    mixinStandardHelpOptions = true)
final class MemberCommand implements Callable<Integer> {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "Its configuration (HOCON)")
  private Path file = Path.of("member.conf");

  private final CompanyStarter starter;
  private final PrintWriter out;

  MemberCommand(CompanyStarter starter, PrintWriter out) {
    this.starter = starter;
    this.out = out;
  }

  @Override
  public Integer call() {
    var configuration = ConfigurationFile.read(file);
    LogEncoder.name(configuration.name());
    var patience = configuration.patience().leave();
    return new Foreground(
            new DataDirectory(configuration.data()), configuration.nodes(), patience, out)
        .run(running -> start(configuration, running));
  }

  private void start(MemberConfiguration configuration, Foreground.Running running) {
    var member = begin(configuration, running);
    running.begun(member);
    running.serves(address(configuration, member.port()));
    tell(
        "is ready: %s (%.1f s)"
            .formatted(running.address(), Foreground.uptime().toMillis() / 1_000.0));
  }

  /// It was given its certificates like the rest of its configuration.
  private RunningMember begin(MemberConfiguration configuration, Foreground.Running running) {
    try {
      return starter.start(configuration, this::tell, running::begun);
    } catch (DamagedCertificateException wrong) {
      throw new WrongConfigurationException(String.valueOf(wrong.getMessage()), wrong);
    }
  }

  private static String address(MemberConfiguration configuration, int port) {
    var host = configuration.api().host();
    return "https://%s:%d".formatted(host.contains(":") ? "[" + host + "]" : host, port);
  }

  private void tell(String line) {
    out.println(line);
    out.flush();
  }
}

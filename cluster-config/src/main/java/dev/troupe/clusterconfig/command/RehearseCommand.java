package dev.troupe.clusterconfig.command;

import dev.troupe.clusterconfig.command.client.AdminClient;
import dev.troupe.clusterconfig.command.client.Rehearsal;
import dev.troupe.clusterconfig.command.data.DataDirectory;
import dev.troupe.clusterconfig.engine.Engines;
import dev.troupe.clusterconfig.member.MemberSettings;
import dev.troupe.clusterconfig.member.MemberStarter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Starts a member on a temporary directory, asks it what clients ask, and stops it; then the same
/// on what is there, many times.
///
/// The launcher lets the JVM watch this once per build: from what it has seen it makes the cache
/// that shortens every later start, and with which a server does more in its first seconds.
@Command(name = "rehearse", hidden = true, mixinStandardHelpOptions = true)
final class RehearseCommand implements Callable<Integer> {

  @Option(
      names = "--rounds",
      defaultValue = "150",
      description = "Enough that the JVM compiles what is hot (default: ${DEFAULT-VALUE}).")
  private int rounds;

  private final MemberStarter starter;

  RehearseCommand(MemberStarter starter) {
    this.starter = starter;
  }

  @Override
  public Integer call() throws IOException {
    var data = Files.createTempDirectory("troupe-rehearsal");
    try {
      play(new DataDirectory(data), "first", 1);
      play(new DataDirectory(data), "second", rounds);
      return 0;
    } finally {
      delete(data);
    }
  }

  private void play(DataDirectory data, String run, int rounds) {
    var store = Engines.STANDARD.belowData();
    store.prepare();
    var certificates = data.authority().open();
    var member =
        starter.start(new MemberSettings(data.root(), 0, 3, certificates.ofMember(), store));
    var server = "https://127.0.0.1:" + member.port();
    try (var client = new AdminClient(server, certificates, AdminClient.PATIENCE);
        var older = AdminClient.withHttp1(server, certificates, AdminClient.PATIENCE)) {
      new Rehearsal(List.of(client, older), run, rounds).play();
    } finally {
      member.stop();
    }
  }

  private static void delete(Path directory) {
    try (var files = Files.walk(directory)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + directory, e);
    }
  }
}

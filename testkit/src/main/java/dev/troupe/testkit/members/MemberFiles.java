package dev.troupe.testkit.members;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// The files of one member, and what its configuration says.
///
/// @param host where others reach it
/// @param port for the other members; the next one is its probes', the one behind that its API's
record MemberFiles(Path directory, String name, String host, int port) {

  String address() {
    return host + ":" + port;
  }

  String server() {
    return "https://" + host + ":" + (port + 2);
  }

  Path data() {
    return directory.resolve(name);
  }

  Path configuration() {
    return directory.resolve(name + ".conf");
  }

  Path kubeconfig() {
    return directory.resolve(name + ".kubeconfig");
  }

  Path log() {
    return directory.resolve(name + ".log");
  }

  /// Makes everything that the member needs to start.
  ///
  /// @param storeUrl as the member sees it
  /// @param bindPort that it listens on for what the others send to its own
  /// @param all addresses of members
  void write(Premises premises, String storeUrl, int bindPort, List<String> all) {
    var certificates = directory.resolve(name + "-pki");
    try {
      Files.createDirectories(directory);
      premises.certificates(name, host, certificates);
      premises.kubeconfig(server(), kubeconfig());
      Files.writeString(configuration(), text(premises, storeUrl, bindPort, certificates, all));
      if (!Files.exists(log())) {
        Files.createFile(log());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String text(
      Premises premises, String storeUrl, int bindPort, Path certificates, List<String> all) {
    var seeds = all.stream().map(seed -> '"' + seed + '"').collect(Collectors.joining(", "));
    return """
    troupe.profile = "local-cluster"
    troupe.member {
      name = "%s"
      cluster = "harness"
      data = "%s"
      certificates = "%s"
      host = "%s"
      port = %d
      bind-port = %d
      probe-port = %d
      api { host = "%s", port = %d }
      nodes = 3
      discovery { method = "static", static = [%s] }
    }
    troupe.store.url = "%s"
    troupe.store.postgresql { user = "%s", password-file = "%s" }
    """
        .formatted(
            name,
            data(),
            certificates,
            host,
            port,
            bindPort,
            port + 1,
            host,
            port + 2,
            seeds,
            storeUrl,
            premises.storeUser(),
            premises.storePasswordFile());
  }
}

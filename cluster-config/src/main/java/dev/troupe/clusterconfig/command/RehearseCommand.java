package dev.troupe.clusterconfig.command;

import dev.troupe.clusterconfig.certificates.CertificateDirectory;
import dev.troupe.clusterconfig.engine.Engines;
import dev.troupe.clusterconfig.member.MemberSettings;
import dev.troupe.clusterconfig.member.MemberStarter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// Starts a member on a temporary directory, asks it what clients ask, and stops it; then the same
/// on what is there.
///
/// The launcher lets the JVM watch this once per build: from what it has seen it makes the cache
/// that shortens every later start.
@Command(name = "rehearse", hidden = true, mixinStandardHelpOptions = true)
final class RehearseCommand implements Callable<Integer> {

  private static final String TABLE =
      "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";

  private static final List<String> READS =
      List.of(
          "/readyz",
          "/version",
          "/api",
          "/apis",
          "/openapi/v3",
          "/api/v1/nodes",
          "/api/v1/namespaces/default/configmaps",
          "/apis/apps/v1/namespaces/default/deployments");

  private final MemberStarter starter;

  RehearseCommand(MemberStarter starter) {
    this.starter = starter;
  }

  @Override
  public Integer call() throws IOException {
    var data = Files.createTempDirectory("troupe-rehearsal");
    try {
      play(new DataDirectory(data));
      play(new DataDirectory(data));
      return 0;
    } finally {
      delete(data);
    }
  }

  private void play(DataDirectory data) {
    var store = Engines.STANDARD.belowData();
    store.prepare();
    var certificates =
        new CertificateDirectory(data.certificates(), InstantSource.system(), new SecureRandom())
            .open();
    var member = starter.start(new MemberSettings(data.root(), 0, 1, certificates, store));
    try (var client =
        new AdminClient("https://127.0.0.1:" + member.port(), certificates, AdminClient.PATIENCE)) {
      client.post(
          "/api/v1/namespaces/default/configmaps",
          """
          {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"generateName": "rehearsal-"}}
          """);
      client.post(
          "/apis/apps/v1/namespaces/default/deployments",
          """
          {"apiVersion": "apps/v1", "kind": "Deployment",
           "metadata": {"generateName": "rehearsal-"},
           "spec": {"replicas": 1, "selector": {"matchLabels": {"app": "rehearsal"}},
             "template": {"metadata": {"labels": {"app": "rehearsal"}},
               "spec": {"containers": [{"name": "main", "image": "rehearsal"}]}}}}
          """);
      READS.forEach(path -> client.get(path, TABLE));
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

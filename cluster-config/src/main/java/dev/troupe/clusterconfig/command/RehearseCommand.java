package dev.troupe.clusterconfig.command;

import dev.troupe.clusterconfig.assembly.MemberSettings;
import dev.troupe.clusterconfig.assembly.MemberStarter;
import dev.troupe.clusterconfig.assembly.StoreLocation;
import dev.troupe.clusterconfig.certificates.CertificateDirectory;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Starts a member on a directory, asks it what clients ask, and stops it.
///
/// The launcher does this twice per build, and lets the JVM watch the second time, when the
/// directory has certificates and objects: from what it has seen it makes the cache that shortens
/// every later start. What only a first start needs is not in it, as loading it would slow down all
/// others.
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

  @Parameters(paramLabel = "DIRECTORY", description = "Where a member's data goes.")
  private Path directory = Path.of("");

  private final MemberStarter starter;

  RehearseCommand(MemberStarter starter) {
    this.starter = starter;
  }

  @Override
  public Integer call() {
    StoreLocation.EMBEDDED.prepare();
    play(new DataDirectory(directory));
    return 0;
  }

  private void play(DataDirectory data) {
    var certificates =
        new CertificateDirectory(data.certificates(), InstantSource.system(), new SecureRandom())
            .open();
    var member =
        starter.start(new MemberSettings(data.root(), 0, 1, certificates, StoreLocation.EMBEDDED));
    try (var client = new AdminClient("https://127.0.0.1:" + member.port(), certificates)) {
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
}

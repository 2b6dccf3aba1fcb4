package dev.troupe.controllerhost.member;

import dev.troupe.clusterconfig.assembly.SingleMember;
import dev.troupe.clusterconfig.certificates.CertificateDirectory;
import dev.troupe.clusterconfig.certificates.Kubeconfig;
import dev.troupe.clusterconfig.engine.Engines;
import dev.troupe.clusterconfig.member.MemberSettings;
import dev.troupe.clusterconfig.member.RunningMember;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;

/// A member of Troupe in this process, which is nothing but an API server to whoever asks it by its
/// kubeconfig.
final class OneApiServer implements AutoCloseable {

  private final RunningMember member;
  private final Path kubeconfig;
  private final KubernetesClient client;

  private OneApiServer(RunningMember member, Path kubeconfig, KubernetesClient client) {
    this.member = member;
    this.kubeconfig = kubeconfig;
    this.client = client;
  }

  static OneApiServer start(Path data, int port) {
    var certificates =
        new CertificateDirectory(data.resolve("pki"), InstantSource.system(), new SecureRandom())
            .open();
    var store = Engines.STANDARD.belowData();
    var member =
        SingleMember.start(new MemberSettings(data, port, 1, certificates.ofMember(), store));
    var kubeconfig = data.resolve("kubeconfig");
    new Kubeconfig("https://127.0.0.1:" + member.port(), certificates).write(kubeconfig);
    var client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
            .build();
    return new OneApiServer(member, kubeconfig, client);
  }

  Path kubeconfig() {
    return kubeconfig;
  }

  int port() {
    return member.port();
  }

  KubernetesClient client() {
    return client;
  }

  @Override
  public void close() {
    client.close();
    member.stop();
  }
}

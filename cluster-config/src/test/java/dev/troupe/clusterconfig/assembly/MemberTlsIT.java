package dev.troupe.clusterconfig.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.troupe.clusterconfig.certificates.CertificateDirectory;
import dev.troupe.clusterconfig.certificates.ClusterCertificates;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.remote.artery.tcp.SSLEngineProviderSetup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Members with the cluster's certificates find together; nobody else gets in.
class MemberTlsIT {

  private static final int PATIENCE_SECONDS = 20;
  private static final Config QUIET =
      ConfigFactory.parseString(
          """
          pekko.loglevel = OFF
          pekko.actor.provider = cluster
          pekko.remote.artery.canonical.hostname = "127.0.0.1"
          pekko.remote.artery.canonical.port = 0
          pekko.cluster.leader-actions-interval = 100ms
          """);

  @TempDir Path directory;

  private final List<ActorSystem> systems = new ArrayList<>();

  @AfterEach
  void stop() {
    systems.forEach(ActorSystem::terminate);
  }

  @Test
  void memberOfTheSameAuthorityJoins() throws InterruptedException {
    var first = start(certificates("one"));

    assertThat(joins(first, first)).isTrue();
    assertThat(joins(start(certificates("one")), first)).isTrue();
  }

  @Test
  void memberOfAnotherAuthorityDoesNot() throws InterruptedException {
    var first = start(certificates("one"));
    assertThat(joins(first, first)).isTrue();

    var stranger = start(certificates("other"));
    Cluster.get(stranger).join(Cluster.get(first).selfAddress());

    assertThat(isUpWithin(stranger, 3)).isFalse();
    assertThat(Cluster.get(first).state().getMembers()).hasSize(1);
  }

  @Test
  void administratorIsNoMember() throws InterruptedException {
    var certificates = certificates("one");
    var first = start(certificates);
    assertThat(joins(first, first)).isTrue();

    var admin =
        start(
            new ClusterCertificates(
                certificates.authority(),
                certificates.server(),
                certificates.administrator(),
                certificates.admin()));
    Cluster.get(admin).join(Cluster.get(first).selfAddress());

    assertThat(isUpWithin(admin, 3)).isFalse();
  }

  private ClusterCertificates certificates(String name) {
    return new CertificateDirectory(
            directory.resolve(name), InstantSource.system(), new SecureRandom())
        .open();
  }

  private ActorSystem start(ClusterCertificates certificates) {
    var system =
        ActorSystem.create(
            "troupe",
            ActorSystemSetup.create(
                BootstrapSetup.create(
                    QUIET.withFallback(MemberConfig.ofOne()).withFallback(ConfigFactory.load())),
                SSLEngineProviderSetup.create(_ -> new MemberTls(certificates))));
    systems.add(system);
    return system;
  }

  private static boolean joins(ActorSystem member, ActorSystem cluster)
      throws InterruptedException {
    Cluster.get(member).join(Cluster.get(cluster).selfAddress());
    return isUpWithin(member, PATIENCE_SECONDS);
  }

  private static boolean isUpWithin(ActorSystem member, int seconds) throws InterruptedException {
    var up = new CountDownLatch(1);
    Cluster.get(member).registerOnMemberUp(up::countDown);
    return up.await(seconds, TimeUnit.SECONDS);
  }
}

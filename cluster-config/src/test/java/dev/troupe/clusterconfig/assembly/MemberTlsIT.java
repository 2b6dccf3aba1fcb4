package dev.troupe.clusterconfig.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.troupe.clusterconfig.certificates.CertificateDirectory;
import dev.troupe.clusterconfig.certificates.ClusterCertificates;
import dev.troupe.clusterconfig.certificates.Credential;
import dev.troupe.clusterconfig.certificates.MemberName;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.Props;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.remote.artery.tcp.SSLEngineProviderSetup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// Members with the cluster's certificates find together; nobody else gets in.
class MemberTlsIT {

  private static final int PATIENCE_SECONDS = 20;
  private static final Config QUIET =
      ConfigFactory.parseString(
          """
          pekko.loglevel = OFF
          pekko.actor.provider = cluster
          pekko.remote.artery.canonical.port = 0
          pekko.cluster.leader-actions-interval = 100ms
          """);

  @TempDir Path directory;

  private final List<ActorSystem> systems = new ArrayList<>();
  private final Logger log =
      (Logger) LoggerFactory.getLogger("dev.troupe.clusterconfig.certificates.MemberTrust");

  /// What is said of those who are refused.
  private final BlockingQueue<String> refusals = new LinkedBlockingQueue<>();

  private final Appender<ILoggingEvent> listener =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent said) {
          refusals.add(said.getFormattedMessage());
        }
      };

  @BeforeEach
  void listen() {
    listener.start();
    log.addAppender(listener);
  }

  @AfterEach
  void stop() {
    log.detachAppender(listener);
    systems.forEach(ActorSystem::terminate);
  }

  @Test
  void memberOfTheSameAuthorityJoins() throws InterruptedException {
    var first = start(certificates("one"));

    assertThat(joins(first, first)).isTrue();
    assertThat(joins(start(certificates("one")), first)).isTrue();
  }

  @Test
  void certificateOfAnotherAuthorityIsRefused() throws InterruptedException {
    assertRefused(
        start(certificates("one")),
        start(certificates("other")),
        "that another authority has issued, CN=troupe-ca-",
        "it is of another cluster");
  }

  @Test
  void administratorIsNoMember() throws InterruptedException {
    var certificates = certificates("one");

    assertRefused(
        start(certificates),
        start(as(certificates, certificates.admin())),
        "the certificate of CN=kubernetes-admin,O=system:masters, who is no member");
  }

  /// It may connect, but is not who it says it is.
  @Test
  void certificateOfAnotherHostIsRefused() throws InterruptedException {
    var certificates = certificates("one");
    var elsewhere = issued("elsewhere", "127.0.0.2");

    assertRefused(
        start(certificates),
        start(as(certificates, elsewhere)),
        "the member at 127.0.0.1 shows a certificate, CN=elsewhere,O=troupe:members",
        "that is valid for [127.0.0.2] and not for 127.0.0.1",
        "`troupe certificate NAME --host HOST`");
  }

  @Test
  void certificateThatHasEndedIsRefused() throws InterruptedException {
    var ended = InstantSource.fixed(Instant.now().minus(Duration.ofDays(400)));
    var certificates = new CertificateDirectory(place("one"), ended, new SecureRandom()).open();
    var current = issued("current", "127.0.0.1");

    assertRefused(
        start(as(certificates, current)),
        start(certificates),
        "CN=member,O=troupe:members, that ended at ",
        "a start renews it");
  }

  private void assertRefused(ActorSystem first, ActorSystem other, String... words)
      throws InterruptedException {
    assertThat(joins(first, first)).isTrue();
    Cluster.get(other).join(Cluster.get(first).selfAddress());

    assertThat(refusals.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).contains(words);
    assertThat(isUpWithin(other, 1)).isFalse();
    assertThat(Cluster.get(first).state().getMembers()).hasSize(1);
  }

  private static ClusterCertificates as(ClusterCertificates cluster, Credential member) {
    return new ClusterCertificates(
        cluster.authority(), cluster.server(), cluster.administrator(), member);
  }

  /// By the authority of the cluster `one`.
  private Credential issued(String name, String host) {
    var there = directory.resolve(name);
    return new CertificateDirectory(place("one"), InstantSource.system(), new SecureRandom())
        .issue(new MemberName(name, List.of(host)), there)
        .orElseThrow();
  }

  private Path place(String name) {
    return directory.resolve(name);
  }

  /// Three hosts of one machine, each with a certificate of its own.
  @Test
  void threeMembersFormAndTwoGoOn() throws InterruptedException {
    var certificates = certificates("one");
    var members = new ArrayList<ActorSystem>();
    for (int n = 1; n <= 3; n++) {
      var own = issued("m" + n, "127.0.0." + n);
      members.add(start("127.0.0." + n, as(certificates, own)));
      assertThat(joins(members.getLast(), members.getFirst())).isTrue();
    }
    var left = new CountDownLatch(2);
    members.subList(0, 2).forEach(member -> onRemoval(member, left));

    members.getLast().terminate();

    assertThat(left.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(Cluster.get(members.getFirst()).state().getMembers()).hasSize(2);
    assertThat(Cluster.get(members.getFirst()).state().getUnreachable()).isEmpty();
    assertThat(refusals).isEmpty();
  }

  private static void onRemoval(ActorSystem member, CountDownLatch removed) {
    member.actorOf(
        Props.create(
            AbstractActor.class,
            () ->
                new AbstractActor() {
                  @Override
                  public void preStart() {
                    Cluster.get(member).subscribe(getSelf(), ClusterEvent.MemberRemoved.class);
                  }

                  @Override
                  public Receive createReceive() {
                    return receiveBuilder()
                        .match(ClusterEvent.MemberRemoved.class, _ -> removed.countDown())
                        .build();
                  }
                }));
  }

  private ClusterCertificates certificates(String name) {
    return new CertificateDirectory(
            directory.resolve(name), InstantSource.system(), new SecureRandom())
        .open();
  }

  private ActorSystem start(ClusterCertificates certificates) {
    return start("127.0.0.1", certificates);
  }

  private ActorSystem start(String host, ClusterCertificates certificates) {
    var config =
        ConfigFactory.parseMap(Map.of("pekko.remote.artery.canonical.hostname", host))
            .withFallback(QUIET)
            .withFallback(LoneProfile.alone())
            .withFallback(ConfigFactory.load());
    var system =
        ActorSystem.create(
            "troupe",
            ActorSystemSetup.create(
                BootstrapSetup.create(config),
                SSLEngineProviderSetup.create(
                    _ -> new MemberTls(certificates.ofMember(), _ -> {}))));
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

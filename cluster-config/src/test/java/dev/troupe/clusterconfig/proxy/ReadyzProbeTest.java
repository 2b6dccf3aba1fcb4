package dev.troupe.clusterconfig.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.troupe.clusterconfig.certificates.CertificateDirectory;
import dev.troupe.clusterconfig.certificates.ClusterCertificates;
import dev.troupe.clusterconfig.certificates.MutualTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a member is, by how it answers.
@Timeout(60)
class ReadyzProbeTest {

  @TempDir private static Path directory;
  private static ClusterCertificates certificates;

  @BeforeAll
  static void issue() {
    certificates =
        new CertificateDirectory(directory, InstantSource.system(), new SecureRandom()).open();
  }

  private static SSLContext tls() {
    return MutualTls.context(certificates.admin(), certificates.authority());
  }

  private static Pulse ask(InetSocketAddress member, Duration patience) {
    try (var probe = new ReadyzProbe(tls(), patience)) {
      return probe.ask(member).toCompletableFuture().join();
    }
  }

  /// What a member is that answers with a code.
  private static Pulse answered(int code) throws IOException {
    var server =
        HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(MutualTls.context(certificates.server(), certificates.authority())));
    server.createContext(
        "/readyz",
        exchange -> {
          exchange.sendResponseHeaders(code, -1);
          exchange.close();
        });
    server.start();
    try {
      return ask(server.getAddress(), Duration.ofSeconds(30));
    } finally {
      server.stop(0);
    }
  }

  @Test
  void memberThatServesIsReadyAndOneThatSaysNoIsAlive() throws IOException {
    assertThat(answered(200)).isEqualTo(Pulse.READY);
    assertThat(answered(503)).isEqualTo(Pulse.ALIVE);
  }

  @Test
  void memberThatDoesNotAnswerIsSilent() throws IOException {
    try (var frozen = LineServer.frozen()) {
      assertThat(ask(frozen.address(), Duration.ofMillis(50))).isEqualTo(Pulse.SILENT);
    }
  }

  @Test
  void memberThatSpeaksSomethingElseIsSilent() throws IOException {
    try (var other = LineServer.echo("other")) {
      assertThat(ask(other.address(), Duration.ofSeconds(30))).isEqualTo(Pulse.SILENT);
    }
  }

  @Test
  void memberThatIsNotThereRefuses() throws IOException {
    var gone = LineServer.frozen();
    gone.close();

    assertThat(ask(gone.address(), Duration.ofSeconds(30))).isEqualTo(Pulse.REFUSED);
  }
}

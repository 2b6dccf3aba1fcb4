package dev.troupe.clusterconfig.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.troupe.clusterconfig.certificates.CertificateDirectory;
import dev.troupe.clusterconfig.certificates.MutualTls;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pods as the API tells them, over TLS, with the credentials of a service account.
class KubernetesPodsTest {

  private static final String PODS =
      """
      {"kind": "PodList", "items": [
        {"spec": {"hostname": "troupe-0", "subdomain": "troupe-members"}, "status": {"phase": "Running"}},
        {"spec": {}, "status": {"phase": "Pending", "podIP": "10.1.2.3"}},
        {"spec": {}, "status": {"phase": "Running", "podIP": "fd00::7"}},
        {"spec": {}, "status": {"phase": "Pending"}},
        {"spec": {}, "status": {"phase": "Failed", "podIP": "10.1.2.4"}}
      ]}
      """;

  @TempDir private Path account;
  private HttpsServer server;
  private volatile int code = 200;
  private volatile String asked = "";

  @BeforeEach
  void serve() throws Exception {
    var certificates =
        new CertificateDirectory(account, InstantSource.system(), new SecureRandom()).open(_ -> {});
    Files.writeString(account.resolve("token"), "secret\n");
    Files.writeString(account.resolve("namespace"), "here");
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(MutualTls.context(certificates.server(), certificates.authority())));
    server.createContext(
        "/",
        exchange -> {
          asked =
              exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Authorization");
          byte[] body = PODS.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(code, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private List<String> found() throws Exception {
    var access =
        KubernetesAccess.of(
            Map.of(
                "KUBERNETES_SERVICE_HOST",
                "127.0.0.1",
                "KUBERNETES_SERVICE_PORT",
                Integer.toString(server.getAddress().getPort())),
            account);
    var search = new KubernetesPods.Search(access.namespace(), "app=troupe", 7400, "cluster.local");
    return new KubernetesPods(access, search)
        .find()
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
  }

  @Test
  void podsAreSeedsByTheirNamesOrAddresses() throws Exception {
    assertThat(found())
        .containsExactly(
            "troupe-0.troupe-members.here.svc.cluster.local:7400",
            "10.1.2.3:7400",
            "[fd00::7]:7400");
    assertThat(asked)
        .isEqualTo(
            "/api/v1/namespaces/here/pods?labelSelector=app%3Dtroupe&limit=100 Bearer secret");
  }

  @Test
  void missingRoleIsNamed() {
    code = 403;

    assertThatThrownBy(this::found)
        .hasMessageContaining("may not list the pods of namespace here (403): give it a role");
  }

  @Test
  void whoeverIsNoPodIsTold() {
    assertThatThrownBy(() -> KubernetesAccess.of(Map.of(), account))
        .hasMessageContaining("this is no pod");
    assertThatThrownBy(() ->
            KubernetesAccess.of(Map.of("KUBERNETES_SERVICE_HOST", "::1"), account.resolve("none")))
        .hasMessageContaining("this pod has no service account");
  }
}

package dev.troupe.clusterconfig.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.troupe.clusterconfig.endtoend.Kubectl;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Rows of the group `sig-cli` that `KubectlIT` does not meet on its way.
@ExtendWith(OneServer.class)
class KubectlRowsIT {

  @TempDir private Path directory;

  @BeforeAll
  static void start() {
    assumeTrue(Kubectl.isThere(), "skipped: there is no kubectl on the PATH");
  }

  @Test
  void versionsAreTold(Scene scene) {
    // A client of another minor version warns on standard error.
    assertThat(kubectl(scene).execute(Map.of(), "", "version").out())
        .contains("Client Version", "Server Version");
  }

  @Test
  void aPodThatRunsOnceIsMade(Scene scene) {
    kubectl(scene).run("run", "once", "--restart=Never", "--image=once:1", "-n", scene.namespace());
    var pod = scene.get(scene.core("pods") + "/once");
    assertThat(pod.at("/spec/restartPolicy").asString()).isEqualTo("Never");
    assertThat(pod.at("/spec/containers/0/image").asString()).isEqualTo("once:1");
  }

  @Test
  void theImageOfAPodIsReplaced(Scene scene) {
    var kubectl = kubectl(scene);
    kubectl.run("run", "replaced", "--image=first:1", "-n", scene.namespace());
    PodsIT.running(scene, "replaced");
    var pod = kubectl.run("get", "pod", "replaced", "-o", "json", "-n", scene.namespace());
    var replaced =
        kubectl.execute(
            Map.of(),
            pod.replace("first:1", "second:1"),
            "replace",
            "-f",
            "-",
            "-n",
            scene.namespace());
    assertThat(replaced.out()).isEqualTo("pod/replaced replaced\n");
    assertThat(
            scene.get(scene.core("pods") + "/replaced").at("/spec/containers/0/image").asString())
        .isEqualTo("second:1");
  }

  @Test
  void aRehearsedChangeChangesNothing(Scene scene) {
    var kubectl = kubectl(scene);
    kubectl.run("run", "rehearsed", "--image=first:1", "-n", scene.namespace());
    kubectl.run(
        "patch",
        "pod",
        "rehearsed",
        "-n",
        scene.namespace(),
        "--dry-run=server",
        "-p",
        "{\"spec\":{\"containers\":[{\"name\":\"rehearsed\",\"image\":\"second:1\"}]}}");
    assertThat(
            scene.get(scene.core("pods") + "/rehearsed").at("/spec/containers/0/image").asString())
        .isEqualTo("first:1");
  }

  @Test
  void aProxyServesOnAPort(Scene scene) throws IOException, InterruptedException {
    var proxy = kubectl(scene).start(Map.of(), "proxy", "--port=0", "--disable-filter");
    try (var out = proxy.inputReader()) {
      var said = out.readLine();
      assertThat(said).startsWith("Starting to serve on 127.0.0.1:");
      var address = said.substring("Starting to serve on ".length());
      try (var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
        var answer =
            http.send(
                HttpRequest.newBuilder(URI.create("http://" + address + "/api/")).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).contains("\"versions\"", "\"v1\"");
      }
    } finally {
      proxy.destroy();
    }
  }

  @Test
  void aProxyServesOnASocket(Scene scene) throws IOException {
    var socket = directory.resolve("proxy");
    var proxy = kubectl(scene).start(Map.of(), "proxy", "--unix-socket=" + socket);
    try (var out = proxy.inputReader()) {
      assertThat(out.readLine()).startsWith("Starting to serve on " + socket);
      try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
        channel.connect(UnixDomainSocketAddress.of(socket));
        channel.write(
            ByteBuffer.wrap(
                "GET /api/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII)));
        var answer =
            new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        assertThat(answer).contains("200 OK", "\"versions\"");
      }
    } finally {
      proxy.destroy();
    }
  }

  private Kubectl kubectl(Scene scene) {
    return new Kubectl(scene.kubeconfig(), directory.resolve("home"));
  }
}

package dev.troupe.clusterconfig.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.testkit.process.TroupeProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a client of TLS 1.2 can ask for in the middle of a connection.
@Timeout(180)
@Tag("thorough")
class RenegotiationIT {

  private static final byte[] REQUEST =
      "GET /version HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  @TempDir private Path directory;

  /// With the native library and, as on platforms that have none, with the JDK's engine.
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nobodyGetsASecondHandshake(boolean jdk) throws Exception {
    var options = Map.of("JAVA_TOOL_OPTIONS", "-Dio.netty.handler.ssl.noOpenSsl=" + jdk);
    try (var troupe = TroupeProcess.up(directory.resolve("data"), 0, options);
        var socket = connect(troupe)) {
      socket.startHandshake();
      assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.2");
      socket.getOutputStream().write(REQUEST);
      assertThat(socket.getInputStream().read()).isEqualTo('H');

      socket.startHandshake();
      assertThat(rest(socket)).contains("200 OK").doesNotContain("HTTP/1.1");
      assertThat(troupe.api().get("/version").code()).isEqualTo(200);
    }
  }

  /// What comes until the server closes the connection, if it does.
  private static String rest(SSLSocket socket) throws IOException {
    var read = new ByteArrayOutputStream();
    try {
      socket.getOutputStream().write(REQUEST);
      socket.getInputStream().transferTo(read);
    } catch (SSLException | SocketException _) {
      // closed
    }
    return read.toString(StandardCharsets.US_ASCII);
  }

  private static SSLSocket connect(TroupeProcess troupe) throws Exception {
    var context = SSLContext.getInstance("TLSv1.2");
    context.init(null, new TrustManager[] {new Anybody()}, null);
    var server =
        Files.readAllLines(troupe.kubeconfig()).stream()
            .map(String::strip)
            .filter(line -> line.startsWith("server: "))
            .map(line -> URI.create(line.substring("server: ".length()).replace("\"", "")))
            .findFirst()
            .orElseThrow();
    var socket =
        (SSLSocket) context.getSocketFactory().createSocket(server.getHost(), server.getPort());
    socket.setSoTimeout(10_000);
    return socket;
  }

  /// Who the server is does not matter here.
  private static final class Anybody implements X509TrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}

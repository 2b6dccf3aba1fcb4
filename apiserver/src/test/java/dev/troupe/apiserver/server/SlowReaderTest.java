package dev.troupe.apiserver.server;

import static dev.troupe.apiserver.server.TestServer.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.TypeRef;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Watchers that do not read, or only later.
@Timeout(120)
class SlowReaderTest {

  private static final TypeRef CONFIG_MAPS = TypeRef.core("configmaps");
  private static final int CHANGES = 100;
  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void whoReadsLateMissesNothingAndIsNotFollowedMeanwhile() throws Exception {
    String path = space("late");
    try (var watch = open(path + "?watch=1")) {
      for (int i = 0; i < CHANGES; i++) {
        change(path, "a", i, "x".repeat(100_000));
      }
      // The watch lets go of its changes as soon as nobody takes them.
      awaitWatchers(0);

      var seen = new ArrayList<String>();
      var lines = new Lines(watch.getInputStream());
      while (seen.size() < CHANGES) {
        seen.add(JSON.readTree(lines.next()).path("object").path("data").path("i").asString(""));
      }
      assertThat(seen).isEqualTo(numbers());
    }
  }

  @Test
  void bigMessagesOfAWebSocketArriveWhole() throws Exception {
    String path = space("messages");
    var messages = new Messages();
    try (var client = server.client(server.adminIdentity, HttpClient.Version.HTTP_1_1)) {
      var socket =
          client
              .newWebSocketBuilder()
              .buildAsync(
                  URI.create(server.url(path + "?watch=true").replace("https", "wss")), messages)
              .get(10, TimeUnit.SECONDS);
      String text = "aä€𝄞".repeat(20_000);
      change(path, "a", 0, text);

      var event = JSON.readTree(messages.first.get(20, TimeUnit.SECONDS));
      assertThat(event.path("object").path("data").path("text").asString("")).isEqualTo(text);
      socket.abort();
    }
    awaitWatchers(0);
  }

  private static List<String> numbers() {
    var numbers = new ArrayList<String>();
    for (int i = 0; i < CHANGES; i++) {
      numbers.add(Integer.toString(i));
    }
    return numbers;
  }

  private static String space(String namespace) throws Exception {
    server.namespace(namespace);
    return "/api/v1/namespaces/" + namespace + "/configmaps";
  }

  private static void change(String path, String name, int number, String text) throws Exception {
    String body =
        """
        {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"%s"},"data":{"i":"%d","text":"%s"}}\
        """
            .formatted(name, number, text);
    var answer =
        number == 0
            ? server.post(path, body)
            : server.send("PUT", path + "/" + name, body, "Content-Type", "application/json");
    assertThat(answer.statusCode()).isIn(200, 201);
  }

  private static void awaitWatchers(int count) throws InterruptedException {
    while (server.resources.watchers(CONFIG_MAPS) > count) {
      Thread.sleep(20);
    }
  }

  /// A watch over HTTP/1.1 whose client has little room for what it does not read.
  private static Socket open(String path) throws Exception {
    var plain = new Socket();
    plain.setReceiveBufferSize(4_096);
    plain.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.server.port()));
    var socket =
        server
            .certificates
            .context(server.adminIdentity)
            .getSocketFactory()
            .createSocket(plain, "127.0.0.1", server.server.port(), true);
    String head = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    while (server.resources.watchers(CONFIG_MAPS) == 0) {
      Thread.sleep(20);
    }
    return socket;
  }

  /// The lines of a chunked body.
  private static final class Lines {

    private final BufferedInputStream in;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int left;

    Lines(InputStream in) throws IOException {
      this.in = new BufferedInputStream(in);
      while (!head().isEmpty()) {
        // the head of the answer
      }
    }

    String next() throws IOException {
      line.reset();
      for (int next = read(); next != '\n'; next = read()) {
        line.write(next);
      }
      return line.toString(StandardCharsets.UTF_8);
    }

    private int read() throws IOException {
      if (left == 0) {
        String size = head();
        left = Integer.parseInt(size.isEmpty() ? head() : size, 16);
      }
      left--;
      return in.read();
    }

    private String head() throws IOException {
      var text = new StringBuilder();
      for (int next = in.read(); next != '\n'; next = in.read()) {
        text.append((char) next);
      }
      return text.toString().strip();
    }
  }

  private static final class Messages implements WebSocket.Listener {

    private final CompletableFuture<String> first = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();

    @Override
    public @org.jspecify.annotations.Nullable CompletionStage<?> onText(
        WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        first.complete(text.toString());
      }
      socket.request(1);
      return null;
    }
  }
}

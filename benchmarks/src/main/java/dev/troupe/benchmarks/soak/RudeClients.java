package dev.troupe.benchmarks.soak;

import dev.troupe.testkit.process.Api;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Clients that do what they should not: watch and do not read, read a byte now and then, go in the
/// middle, speak another language.
final class RudeClients {

  private static final int SILENT = 20;
  private static final Duration SILENCE = Duration.ofSeconds(20);
  private static final int SIPS = 40;
  private static final Duration SIP = Duration.ofMillis(100);

  private static final List<String> NONSENSE =
      List.of(
          "\u0000\u0001\u0002 nonsense\r\n\r\n",
          "GET /api HTTP/9.9\r\n\r\n",
          "GET /api/v1/configmaps HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
          "POST /api/v1/namespaces HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n{",
          "POST /api/v1/namespaces HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: soup\r\n\r\n{}",
          "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\u0000\u0000\u0000\u0000",
          "GET /api/v1/configmaps HTTP/1.1\r\nHo");

  private final Api api;

  RudeClients(Api api) {
    this.api = api;
  }

  List<SoakClient> loads() {
    return List.of(
        new SoakClient("watchers that do not read", Duration.ZERO, _ -> silence()),
        new SoakClient("slow readers", Duration.ofMillis(200), _ -> sip()),
        new SoakClient("readers that go", Duration.ofMillis(300), _ -> go()),
        new SoakClient("nonsense", Duration.ofMillis(300), this::speak));
  }

  private void silence() throws IOException, InterruptedException {
    var sockets = new ArrayList<Socket>();
    try {
      for (int i = 0; i < SILENT; i++) {
        sockets.add(ask("/api/v1/configmaps?watch=1"));
      }
      Thread.sleep(SILENCE);
    } finally {
      for (var socket : sockets) {
        socket.close();
      }
    }
  }

  private void sip() throws IOException, InterruptedException {
    try (var socket = ask("/api/v1/configmaps")) {
      for (int i = 0; i < SIPS && socket.getInputStream().read() >= 0; i++) {
        Thread.sleep(SIP);
      }
    }
  }

  private void go() throws IOException {
    try (var socket = ask("/api/v1/configmaps")) {
      socket.getInputStream().readNBytes(1_000);
      socket.setSoLinger(true, 0);
    }
  }

  private void speak(long number) throws IOException {
    try (var socket = api.connect()) {
      socket.setSoTimeout(1_000);
      say(socket, NONSENSE.get((int) (number % NONSENSE.size())));
      var _ = socket.getInputStream().read();
    } catch (java.net.SocketException | java.net.SocketTimeoutException _) {
      // The server has said what it thinks, or waits for the rest.
    }
  }

  private Socket ask(String path) throws IOException {
    var socket = api.connect();
    say(socket, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    return socket;
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }
}

package dev.troupe.runtime.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.runtime.lease.MemberId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Real connections on one machine.
@SuppressWarnings("try") // what is closed early is closed again at the end
class ProbesTest {

  private static final MemberId A = new MemberId("a", 1);
  private static final MemberId B = new MemberId("b", 2);
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

  /// So long that no second attempt comes before the test is over.
  private final Probes probes = probes(Duration.ofHours(1));

  private Probes probes(Duration retry) {
    return new Probes(
        retry,
        new Probes.Witness() {
          @Override
          public void connected(MemberId member) {
            told.add("connected " + member.address());
          }

          @Override
          public void refused(MemberId member) {
            told.add("refused " + member.address());
          }
        });
  }

  @AfterEach
  void close() {
    probes.close();
  }

  @Test
  void processThatEndsIsRefusedAtOnce() throws Exception {
    try (var listener = ProbeListener.open(new InetSocketAddress(HERE, 0))) {
      probes.watch(Map.of(A, at(listener.port())));
      assertNext("connected a");

      listener.close();

      assertNext("refused a");
    }
  }

  /// The system takes connections as long as somebody waits for one, and that is told to nobody.
  @Test
  void nobodyWaitsAtAPortThatIsClosed() throws Exception {
    for (int i = 0; i < 500; i++) {
      var listener = ProbeListener.open(new InetSocketAddress(HERE, 0));
      new Socket(HERE, listener.port()).close();

      listener.close();

      assertThat(listener.isAccepting()).isFalse();
    }
  }

  /// Something between may have ended the connection: the port still answers.
  @Test
  void connectionThatIsLostIsMadeAgain() throws Exception {
    try (var server = new ServerSocket(0, 1, HERE)) {
      probes.watch(Map.of(A, at(server.getLocalPort())));
      try (var first = server.accept()) {
        assertNext("connected a");
        first.setSoLinger(true, 0);
      }

      try (var _ = server.accept()) {
        assertNext("connected a");
      }
    }
  }

  @Test
  void portThatIsNotOpenYetIsTriedAgain() throws Exception {
    try (var often = probes(Duration.ofMillis(20))) {
      int port = freePort();
      often.watch(Map.of(A, at(port)));
      assertNext("refused a");

      try (var _ = ProbeListener.open(new InetSocketAddress(HERE, port))) {
        String next = "refused a";
        while ("refused a".equals(next)) {
          next = told.poll(20, TimeUnit.SECONDS);
        }
        assertThat(next).isEqualTo("connected a");
      }
    }
  }

  @Test
  void whoIsNotWatchedAnyMoreIsLetGo() throws Exception {
    try (var listener = ProbeListener.open(new InetSocketAddress(HERE, 0));
        var other = new ServerSocket(0, 1, HERE)) {
      probes.watch(Map.of(A, at(other.getLocalPort()), B, at(listener.port())));
      try (var connection = other.accept()) {
        assertThat(List.of(next(), next())).containsExactlyInAnyOrder("connected a", "connected b");

        probes.watch(Map.of(B, at(listener.port())));

        assertThat(connection.getInputStream().read()).isEqualTo(-1);
      }
      listener.close();
      assertNext("refused b");
    }
  }

  @Test
  void whoSaysSomethingIsCutOff() throws Exception {
    try (var listener = ProbeListener.open(new InetSocketAddress(HERE, 0));
        var stranger = new Socket(HERE, listener.port())) {
      stranger
          .getOutputStream()
          .write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

      assertThat(isOver(stranger)).isTrue();
    }
  }

  @Test
  void noMoreThanSoManyAreHeld() throws Exception {
    try (var listener = ProbeListener.open(new InetSocketAddress(HERE, 0))) {
      var held = new ArrayList<Socket>();
      for (int i = 0; i < ProbeListener.MOST; i++) {
        held.add(new Socket(HERE, listener.port()));
      }

      try (var last = new Socket(HERE, listener.port())) {
        assertThat(isOver(last)).isTrue();
        assertThat(listener.count()).isEqualTo(ProbeListener.MOST);
      }
      for (var socket : held) {
        socket.close();
      }
    }
  }

  private static boolean isOver(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (IOException _) {
      return true;
    }
  }

  private static int freePort() throws IOException {
    try (var server = new ServerSocket(0, 1, HERE)) {
      return server.getLocalPort();
    }
  }

  private static InetSocketAddress at(int port) {
    return new InetSocketAddress(HERE, port);
  }

  private void assertNext(String wanted) throws InterruptedException {
    assertThat(next()).isEqualTo(wanted);
  }

  private String next() throws InterruptedException {
    var next = told.poll(20, TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    return next;
  }
}

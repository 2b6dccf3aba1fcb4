package dev.troupe.testkit.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
@SuppressWarnings("NullAway.Init")
class FaultProxyTest {

  /// So long it is listened whether something comes that must not.
  private static final Duration A_MOMENT = Duration.ofMillis(40);

  private ServerSocket server;
  private FaultProxy proxy;

  @BeforeEach
  void open() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    proxy =
        FaultProxy.to(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()), 1)
            .listen(new InetSocketAddress(server.getInetAddress(), 0));
  }

  @AfterEach
  void close() throws IOException {
    proxy.close();
    server.close();
  }

  /// Both ends of one connection through the proxy.
  private record Ends(Socket client, Socket target) implements AutoCloseable {

    @Override
    public void close() throws IOException {
      client.close();
      target.close();
    }
  }

  private Ends connect() throws IOException {
    var client = new Socket(proxy.address().getAddress(), proxy.address().getPort());
    return new Ends(client, server.accept());
  }

  private static void say(Socket from, String words) throws IOException {
    from.getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
  }

  private static String hear(Socket at, int length) throws IOException {
    return new String(at.getInputStream().readNBytes(length), StandardCharsets.US_ASCII);
  }

  private static void assertSilent(Socket at) throws IOException {
    at.setSoTimeout((int) A_MOMENT.toMillis());
    assertThatThrownBy(() -> at.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
    at.setSoTimeout(0);
  }

  private static void assertBroken(Socket at) {
    assertThatThrownBy(() -> at.getInputStream().read())
        .isInstanceOf(SocketException.class)
        .isNotInstanceOf(SocketTimeoutException.class);
  }

  private static LinkCondition late(Duration latency) {
    return LinkCondition.CLEAR.withLatency(latency, Duration.ZERO);
  }

  private static long nanosOf(ThrowingWork work) throws IOException {
    long begin = System.nanoTime();
    work.run();
    return System.nanoTime() - begin;
  }

  private interface ThrowingWork {
    void run() throws IOException;
  }

  @Test
  void everythingGoesThroughBothWaysAndSoDoesTheEnd() throws IOException {
    try (var ends = connect()) {
      say(ends.client(), "question");
      assertThat(hear(ends.target(), 8)).isEqualTo("question");
      say(ends.target(), "answer");
      assertThat(hear(ends.client(), 6)).isEqualTo("answer");
      ends.client().shutdownOutput();
      assertThat(ends.target().getInputStream().read()).isEqualTo(-1);
      say(ends.target(), "last words");
      ends.target().shutdownOutput();
      assertThat(hear(ends.client(), 100)).isEqualTo("last words");
    }
  }

  @Test
  void answerThatIsLostBreaksTheConnectionAndWhatFirstComesBackIsNone() throws IOException {
    proxy.set(LinkEnd.CLIENT, LinkCondition.CLEAR.withLostAnswers(100));
    try (var ends = connect()) {
      say(ends.client(), "hello");
      assertThat(hear(ends.target(), 5)).isEqualTo("hello");
      say(ends.target(), "I am here");
      assertThat(hear(ends.client(), 9)).isEqualTo("I am here");
      say(ends.client(), "question");
      assertThat(hear(ends.target(), 8)).isEqualTo("question");
      say(ends.target(), "answer");
      assertBroken(ends.client());
    }
  }

  @Test
  void latencyHoldsForItsDirectionAndForLiveConnections() throws IOException {
    try (var ends = connect()) {
      proxy.set(LinkEnd.TARGET, late(Duration.ofMillis(50)));
      long there =
          nanosOf(() -> {
            say(ends.client(), "a");
            assertThat(hear(ends.target(), 1)).isEqualTo("a");
          });
      assertThat(there).isGreaterThanOrEqualTo(Duration.ofMillis(50).toNanos());
      proxy.set(LinkEnd.TARGET, late(Duration.ofHours(1)));
      say(ends.client(), "b");
      say(ends.target(), "c");
      assertThat(hear(ends.client(), 1)).isEqualTo("c");
      assertSilent(ends.target());
      proxy.heal();
      assertThat(hear(ends.target(), 1)).isEqualTo("b");
    }
  }

  @Test
  void conditionOfOneConnectionIsNotThatOfOthers() throws IOException {
    try (var one = connect();
        var other = connect()) {
      proxy.connections().getFirst().set(LinkEnd.TARGET, LinkCondition.CLEAR.withStopped(true));
      say(one.client(), "a");
      say(other.client(), "b");
      assertThat(hear(other.target(), 1)).isEqualTo("b");
      assertSilent(one.target());
    }
  }

  @Test
  void clientsAreToldByWhereTheyConnectFrom() throws IOException {
    var address = InetAddress.ofLiteral("127.0.0.9");
    proxy.set(address, LinkCondition.CLEAR.withStopped(true));
    try (var other = connect();
        var client =
            new Socket(proxy.address().getAddress(), proxy.address().getPort(), address, 0);
        var target = server.accept()) {
      say(client, "a");
      say(other.client(), "b");
      assertThat(hear(other.target(), 1)).isEqualTo("b");
      assertSilent(target);
      assertThat(proxy.connections(address)).hasSize(1);
      proxy.heal();
      assertThat(hear(target, 1)).isEqualTo("a");
    }
  }

  @Test
  void connectionsThatComeLaterAreTreatedAsIsSet() throws IOException {
    proxy.set(LinkEnd.CLIENT, LinkCondition.CLEAR.withStopped(true));
    try (var ends = connect()) {
      say(ends.client(), "a");
      assertThat(hear(ends.target(), 1)).isEqualTo("a");
      say(ends.target(), "b");
      assertSilent(ends.client());
      proxy.heal();
      assertThat(hear(ends.client(), 1)).isEqualTo("b");
    }
  }

  @Test
  void narrowLinkTakesAsLongAsItMust() throws IOException {
    proxy.set(LinkEnd.TARGET, LinkCondition.CLEAR.withBytesPerSecond(1_000_000));
    try (var ends = connect()) {
      long took =
          nanosOf(() -> {
            ends.client().getOutputStream().write(new byte[100_000]);
            assertThat(ends.target().getInputStream().readNBytes(100_000)).hasSize(100_000);
          });
      assertThat(took).isGreaterThanOrEqualTo(Duration.ofMillis(98).toNanos());
    }
  }

  /// More than both systems' buffers and the proxy hold.
  @Test
  void whoSendsIntoAStoppedLinkIsHeldUpAndNothingIsLost() throws Exception {
    proxy.set(LinkEnd.TARGET, LinkCondition.CLEAR.withStopped(true));
    int length = 64 << 20;
    try (var ends = connect()) {
      var sent = new CompletableFuture<Void>();
      Thread.ofVirtual()
          .start(() -> {
            try {
              ends.client().getOutputStream().write(new byte[length]);
              sent.complete(null);
            } catch (IOException e) {
              sent.completeExceptionally(e);
            }
          });
      var connection = proxy.connections().getFirst();
      long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
      while (connection.held(LinkEnd.TARGET) < LinkLane.MOST_BYTES) {
        assertThat(System.nanoTime()).as("it is held up").isLessThan(deadline);
        Thread.onSpinWait();
      }
      assertThat(connection.held(LinkEnd.TARGET)).isLessThan(LinkLane.MOST_BYTES + (1 << 14));
      assertThat(sent).isNotDone();
      proxy.heal();
      assertThat(ends.target().getInputStream().readNBytes(length)).hasSize(length);
      assertThat(sent).succeedsWithin(Duration.ofSeconds(10));
    }
  }

  @Test
  void resetIsToldToBothEnds() throws IOException {
    try (var ends = connect();
        var later = connect()) {
      proxy.connections().getFirst().reset();
      assertBroken(ends.client());
      assertBroken(ends.target());
      say(later.client(), "a");
      assertThat(hear(later.target(), 1)).isEqualTo("a");
    }
  }

  @Test
  void oneEndGoesOnBelievingInAHalfOpenConnectionUntilItIsHealed() throws IOException {
    try (var ends = connect()) {
      proxy.connections().getFirst().halfOpen(LinkEnd.CLIENT);
      assertBroken(ends.target());
      say(ends.client(), "is anybody there");
      assertSilent(ends.client());
      assertThat(proxy.connections()).hasSize(1);
      proxy.heal();
      assertBroken(ends.client());
    }
  }

  @Test
  void refusingEndsNoConnectionAndIsForgottenWhenHealed() throws IOException {
    try (var ends = connect()) {
      var address = proxy.address();
      proxy.refuse();
      assertThatThrownBy(() -> new Socket(address.getAddress(), address.getPort()))
          .isInstanceOf(ConnectException.class);
      say(ends.client(), "a");
      assertThat(hear(ends.target(), 1)).isEqualTo("a");
      proxy.heal();
      assertThat(proxy.address()).isEqualTo(address);
      try (var again = connect()) {
        say(again.client(), "b");
        assertThat(hear(again.target(), 1)).isEqualTo("b");
      }
    }
  }

  @Test
  void clientOfATargetThatIsNotThereIsToldSo() throws IOException {
    server.close();
    try (var client = new Socket(proxy.address().getAddress(), proxy.address().getPort())) {
      assertBroken(client);
    }
  }

  @Test
  void closedProxyHasNoConnectionsAndTakesNone() throws Exception {
    var ends = connect();
    proxy.set(LinkCondition.CLEAR.withStopped(true));
    say(ends.client(), "a");
    var closed = new CountDownLatch(1);
    Thread.ofVirtual()
        .start(() -> {
          proxy.close();
          closed.countDown();
        });
    assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(proxy.connections()).isEmpty();
    assertBroken(ends.target());
    assertThatThrownBy(() -> new Socket(proxy.address().getAddress(), proxy.address().getPort()))
        .isInstanceOf(ConnectException.class);
    ends.close();
  }
}

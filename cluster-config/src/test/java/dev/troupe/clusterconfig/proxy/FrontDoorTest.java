package dev.troupe.clusterconfig.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/// Clients reach a member that serves, and nothing that is over is held.
@Timeout(60)
class FrontDoorTest {

  private static final Duration LONG = Duration.ofHours(1);

  /// Nobody interrupts whoever reads.
  private static final int PATIENCE = 20_000;

  private static final DoorLimits LIMITS =
      new DoorLimits(100, 1 << 14, Duration.ofMillis(5), Duration.ofMillis(200), LONG, LONG, LONG);

  private static DoorLimits limits(
      int connections, Duration opening, Duration silence, Duration farewell) {
    return new DoorLimits(
        connections,
        LIMITS.bytes(),
        LIMITS.probePause(),
        LIMITS.answer(),
        opening,
        silence,
        farewell);
  }

  /// Members serve unless something else is said of them.
  private final Pulses pulses = new Pulses();

  private static final class Pulses implements ReadinessProbe {

    private final Map<InetSocketAddress, Pulse> said = new ConcurrentHashMap<>();
    private final Map<InetSocketAddress, AtomicInteger> asked = new ConcurrentHashMap<>();
    private final Set<InetSocketAddress> failing = ConcurrentHashMap.newKeySet();

    /// Does not answer from now on.
    void freeze(LineServer member) {
      say(member, Pulse.SILENT);
    }

    void say(LineServer member, Pulse pulse) {
      said.put(member.address(), pulse);
      failing.remove(member.address());
    }

    /// Has a bug from now on when it asks this one.
    void fail(LineServer member) {
      failing.add(member.address());
    }

    /// So often from now on.
    void awaitAsked(int times, LineServer member) throws InterruptedException {
      int before = asked(member);
      while (asked(member) < before + times) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
    }

    private int asked(LineServer member) {
      return asked.getOrDefault(member.address(), new AtomicInteger()).get();
    }

    @Override
    public CompletionStage<Pulse> ask(InetSocketAddress member) {
      asked.computeIfAbsent(member, _ -> new AtomicInteger()).incrementAndGet();
      if (failing.contains(member)) {
        throw new IllegalStateException("as a test wants it");
      }
      var pulse = said.getOrDefault(member, Pulse.READY);
      return pulse == Pulse.SILENT
          ? new CompletableFuture<>()
          : CompletableFuture.completedFuture(pulse);
    }

    /// The door asks again when it has heard the answer.
    void awaitHeard(LineServer... members) throws InterruptedException {
      for (var member : members) {
        awaitAsked(2, member);
      }
    }
  }

  private FrontDoor door(DoorLimits limits, LineServer... members) {
    var door =
        FrontDoor.open(
            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), pulses, limits);
    door.lead(List.of(members).stream().map(LineServer::address).toList());
    return door;
  }

  private static Socket connect(FrontDoor door) throws IOException {
    var socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), door.port());
    socket.setSoTimeout(PATIENCE);
    return socket;
  }

  private static void say(Socket socket, String line) throws IOException {
    socket.getOutputStream().write((line + "\n").getBytes(UTF_8));
  }

  private static String ask(Socket socket, String line) throws IOException {
    say(socket, line);
    return LineServer.line(socket);
  }

  private static void assertEnded(Socket socket) {
    assertThatThrownBy(
            () -> {
              if (socket.getInputStream().read() < 0) {
                throw new SocketException("ended");
              }
            })
        .isInstanceOf(SocketException.class);
  }

  @Test
  void connectionIsOneMembersFromItsFirstAnswerOn() throws Exception {
    try (var a = LineServer.echo("a");
        var door = door(LIMITS, a);
        var client = connect(door)) {
      assertThat(ask(client, "one")).isEqualTo("a:one");
      assertThat(ask(client, "two")).isEqualTo("a:two");
      assertThat(a.came).hasSize(1);
    }
  }

  @Test
  void membersShareTheConnections() throws Exception {
    try (var a = LineServer.echo("a");
        var b = LineServer.echo("b");
        var door = door(LIMITS, a, b);
        var first = connect(door);
        var second = connect(door);
        var third = connect(door);
        var fourth = connect(door)) {
      pulses.awaitHeard(a, b);
      for (var client : List.of(first, second, third, fourth)) {
        ask(client, "x");
      }
      assertThat(a.came).hasSize(2);
      assertThat(b.came).hasSize(2);
    }
  }

  /// It asks again and again, of both.
  @Test
  void probeWithABugCostsItsMemberTheConnectionsAndNobodyElse() throws Exception {
    var told = new ListAppender<ILoggingEvent>();
    told.start();
    var logger = (Logger) LoggerFactory.getLogger(FrontDoor.class);
    logger.addAppender(told);
    try (var a = LineServer.echo("a");
        var b = LineServer.echo("b");
        var door = door(LIMITS, a, b)) {
      pulses.fail(a);
      pulses.awaitAsked(5, a);
      pulses.awaitHeard(b);
      for (int n = 0; n < 3; n++) {
        try (var client = connect(door)) {
          assertThat(ask(client, "x")).isEqualTo("b:x");
        }
      }

      pulses.say(a, Pulse.READY);
      pulses.say(b, Pulse.REFUSED);
      pulses.awaitHeard(a, b);
      try (var client = connect(door)) {
        assertThat(ask(client, "x")).isEqualTo("a:x");
      }
    } finally {
      logger.detachAppender(told);
    }
    assertThat(told.list).hasSize(1);
    assertThat(told.list.getFirst().getFormattedMessage())
        .isEqualTo("a bug: the front door goes on without the answer of a member");
  }

  @Test
  void memberThatDoesNotServeGetsNoneAsLongAsAnotherDoes() throws Exception {
    try (var a = LineServer.echo("a");
        var b = LineServer.echo("b");
        var door = door(LIMITS, a, b)) {
      pulses.say(a, Pulse.ALIVE);
      pulses.awaitHeard(a, b);
      for (int n = 0; n < 4; n++) {
        try (var client = connect(door)) {
          assertThat(ask(client, "x")).isEqualTo("b:x");
        }
      }
      pulses.say(b, Pulse.ALIVE);
      pulses.say(a, Pulse.READY);
      pulses.awaitHeard(a, b);
      try (var client = connect(door)) {
        assertThat(ask(client, "x")).isEqualTo("a:x");
      }
    }
  }

  @Test
  void memberThatRefusesIsLeftForAnother() throws Exception {
    try (var a = LineServer.echo("a");
        var b = LineServer.echo("b");
        var door = door(LIMITS, a, b)) {
      pulses.say(b, Pulse.ALIVE);
      pulses.awaitHeard(a, b);
      a.kill();
      try (var client = connect(door)) {
        assertThat(ask(client, "x")).isEqualTo("b:x");
      }
    }
  }

  @Test
  void memberThatEndsBeforeItsFirstWordIsLeftForAnother() throws Exception {
    try (var a = LineServer.with(LineServer::line);
        var b = LineServer.echo("b");
        var door = door(LIMITS, a, b)) {
      pulses.say(b, Pulse.ALIVE);
      pulses.awaitHeard(a, b);
      try (var client = connect(door)) {
        assertThat(ask(client, "x")).isEqualTo("b:x");
        assertThat(a.came).hasSize(1);
      }
    }
  }

  @Test
  void frozenMemberIsLeftByWhoeverHasHadNoAnswer() throws Exception {
    try (var a = LineServer.frozen();
        var b = LineServer.echo("b");
        var door = door(LIMITS, a);
        var client = connect(door)) {
      pulses.awaitHeard(a);
      say(client, "x");
      pulses.freeze(a);
      door.lead(List.of(a.address(), b.address()));

      assertThat(LineServer.line(client)).isEqualTo("b:x");
      try (var next = connect(door)) {
        assertThat(ask(next, "y")).isEqualTo("b:y");
      }
    }
  }

  @Test
  void memberThatIsSlowButAliveIsNotLeft() throws Exception {
    var go = new CompletableFuture<Void>();
    try (var a =
            LineServer.with(socket -> {
              var line = LineServer.line(socket);
              go.join();
              say(socket, "a:" + line);
            });
        var b = LineServer.echo("b");
        var door = door(LIMITS, a);
        var client = connect(door)) {
      say(client, "x");
      a.came.take();
      door.lead(List.of(a.address(), b.address()));
      long later = System.nanoTime() + 2 * LIMITS.answer().toNanos();
      while (System.nanoTime() < later) {
        pulses.awaitHeard(a, b);
      }
      go.complete(null);

      assertThat(LineServer.line(client)).isEqualTo("a:x");
      assertThat(b.came).isEmpty();
    }
  }

  @Test
  void connectionsOfAMemberThatStaysSilentAreEnded() throws Exception {
    try (var a = LineServer.echo("a");
        var door = door(limits(100, LONG, Duration.ofMillis(100), LONG), a);
        var client = connect(door)) {
      assertThat(ask(client, "x")).isEqualTo("a:x");
      pulses.freeze(a);

      assertEnded(client);
    }
  }

  @Test
  void connectionsOfAMemberThatIsKilledEndWithIt() throws Exception {
    try (var a = LineServer.echo("a");
        var door = door(LIMITS, a);
        var client = connect(door)) {
      assertThat(ask(client, "x")).isEqualTo("a:x");
      a.kill();

      assertEnded(client);
    }
  }

  @Test
  void memberLearnsThatItsClientIsGone() throws Exception {
    var ended = new CompletableFuture<Void>();
    try (var a =
            LineServer.with(socket -> {
              say(socket, LineServer.line(socket));
              assertEnded(socket);
              ended.complete(null);
            });
        var door = door(LIMITS, a)) {
      try (var client = connect(door)) {
        assertThat(ask(client, "x")).isEqualTo("x");
        client.setSoLinger(true, 0);
      }
      ended.get();
    }
  }

  @Test
  void whoeverNobodyServesIsSentAway() throws Exception {
    try (var a = LineServer.echo("a");
        var door = door(LIMITS, a)) {
      a.kill();
      try (var client = connect(door)) {
        say(client, "x");
        assertEnded(client);
      }
    }
  }

  @Test
  void whoeverSaysNothingIsSentAway() throws Exception {
    try (var a = LineServer.echo("a");
        var door = door(limits(100, Duration.ofMillis(100), LONG, LONG), a);
        var client = connect(door)) {
      assertEnded(client);
      assertThat(a.came).isEmpty();
    }
  }

  @Test
  void whoeverIsOneTooManyIsSentAway() throws Exception {
    try (var a = LineServer.echo("a");
        var door = door(limits(1, LONG, LONG, LONG), a)) {
      try (var first = connect(door)) {
        assertThat(ask(first, "x")).isEqualTo("a:x");
        try (var second = connect(door)) {
          assertEnded(second);
        }
        assertThat(ask(first, "y")).isEqualTo("a:y");
      }
      // Its end comes to the door a moment later.
      while (!isServed(door)) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
    }
  }

  private static boolean isServed(FrontDoor door) {
    try (var client = connect(door)) {
      return ask(client, "z").equals("a:z");
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void halfThatIsLeftBringsTheRest() throws Exception {
    byte[] much = new byte[4 << 20];
    new Random(7).nextBytes(much);
    try (var a =
            LineServer.with(socket -> {
              say(socket, "welcome");
              byte[] all = socket.getInputStream().readAllBytes();
              socket.getOutputStream().write(all);
            });
        var door = door(LIMITS, a);
        var client = connect(door)) {
      say(client, "x");
      assertThat(LineServer.line(client)).isEqualTo("welcome");
      client.getOutputStream().write(much);
      client.shutdownOutput();

      var all = new ByteArrayOutputStream();
      all.write("x\n".getBytes(UTF_8));
      all.write(much);
      assertThat(client.getInputStream().readAllBytes()).isEqualTo(all.toByteArray());
    }
  }

  @Test
  void halfThatIsLeftAndStaysSilentIsEnded() throws Exception {
    var ended = new CompletableFuture<Void>();
    try (var a =
            LineServer.with(socket -> {
              say(socket, LineServer.line(socket));
              socket.shutdownOutput();
              assertEnded(socket);
              ended.complete(null);
            });
        var door = door(limits(100, LONG, LONG, Duration.ofMillis(100)), a);
        var client = connect(door)) {
      assertThat(ask(client, "x")).isEqualTo("x");
      assertThat(client.getInputStream().read()).isNegative();

      ended.get();
    }
  }

  @Test
  void clientThatDoesNotReadMakesTheMemberWaitAndGetsEverything() throws Exception {
    int total = 256 << 20;
    var written = new AtomicLong();
    try (var a =
            LineServer.with(socket -> {
              LineServer.line(socket);
              byte[] chunk = new byte[1 << 16];
              for (long at = 0; at < total; at += chunk.length) {
                for (int i = 0; i < chunk.length; i += 8) {
                  chunk[i] = (byte) ((at + i) >> 11);
                }
                socket.getOutputStream().write(chunk);
                written.addAndGet(chunk.length);
              }
            });
        var door = door(LIMITS, a);
        var client = connect(door)) {
      say(client, "x");
      long before = -1;
      while (written.get() == 0 || written.get() > before) {
        before = written.get();
        TimeUnit.MILLISECONDS.sleep(100);
      }
      // The systems' own buffers hold some; the door next to nothing.
      assertThat(before).isLessThan(64 << 20);

      byte[] chunk = new byte[1 << 16];
      for (long at = 0; at < total; at += chunk.length) {
        assertThat(client.getInputStream().readNBytes(chunk, 0, chunk.length))
            .isEqualTo(chunk.length);
        for (int i = 0; i < chunk.length; i += 8) {
          if (chunk[i] != (byte) ((at + i) >> 11)) {
            throw new AssertionError("byte " + (at + i) + " is another one");
          }
        }
      }
      assertThat(client.getInputStream().read()).isNegative();
    }
  }

  @Test
  void memberThatIsNotLedToAnyMoreKeepsWhatItHas() throws Exception {
    try (var a = LineServer.echo("a");
        var b = LineServer.echo("b");
        var door = door(LIMITS, a);
        var client = connect(door)) {
      assertThat(ask(client, "x")).isEqualTo("a:x");
      door.lead(List.of(b.address()));
      try (var next = connect(door)) {
        assertThat(ask(next, "y")).isEqualTo("b:y");
      }
      assertThat(ask(client, "z")).isEqualTo("a:z");
    }
  }

  @Test
  @SuppressWarnings("try") // To close it twice does nothing.
  void closedDoorEndsEverything() throws Exception {
    try (var a = LineServer.echo("a");
        var door = door(LIMITS, a);
        var client = connect(door)) {
      assertThat(ask(client, "x")).isEqualTo("a:x");
      int port = door.port();
      door.close();

      assertEnded(client);
      assertThatThrownBy(() -> new Socket(InetAddress.ofLiteral("127.0.0.1"), port).close())
          .isInstanceOf(IOException.class);
    }
  }
}

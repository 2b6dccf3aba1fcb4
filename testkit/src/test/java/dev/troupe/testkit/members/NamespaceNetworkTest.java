package dev.troupe.testkit.members;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whether what is cut is cut. Whoever is refused a connection has been reached.
@SuppressWarnings("NullAway.Init")
class NamespaceNetworkTest {

  private static final String REACHED = "refused";
  private static final String LOST = "lost";

  /// So many seconds somebody may take who is reached: processors may be short.
  private static final String PATIENCE = "20";

  /// So many somebody is not reached for who is lost.
  private static final String A_MOMENT = "0.5";

  private ServerSocket database;
  private NamespaceNetwork network;

  @BeforeEach
  void make() throws IOException {
    var obstacle = NamespaceNetwork.obstacle();
    assumeTrue(obstacle.isEmpty(), obstacle);
    database = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    network = NamespaceNetwork.of(2, url());
  }

  private String url() {
    return "jdbc:postgresql://127.0.0.1:" + database.getLocalPort() + "/postgres";
  }

  @AfterEach
  void remove() throws IOException {
    if (network != null) {
      network.close();
      database.close();
    }
  }

  @Test
  void whoIsCutOffReachesNobodyAndNobodyHim() {
    var store = URI.create(network.storeUrl(1, url()).substring("jdbc:".length()));
    assertThat(reach(1, network.host(2), 9)).isEqualTo(REACHED);
    assertThat(reach(2, store.getHost(), store.getPort())).isEqualTo("connected");

    network.cut(1, 2);
    assertLost(network, 1, network.host(2), 9);
    assertLost(network, 2, network.host(1), 9);
    assertThat(reach(1, store.getHost(), store.getPort())).isEqualTo("connected");

    network.heal();
    assertThat(reach(1, network.host(2), 9)).isEqualTo(REACHED);

    network.cutOff(1);
    assertLost(network, 1, store.getHost(), store.getPort());
  }

  @Test
  void whoIsCutOffInOneDirectionHearsAndIsNotHeard() {
    network.cutOneWay(1, 2);
    long before = segmentsReceived(2);
    assertLost(network, 1, network.host(2), 9);
    assertThat(segmentsReceived(2)).isEqualTo(before);
    before = segmentsReceived(1);
    // Where processors are short, a moment is over before anything is sent.
    for (int i = 0; i < 10 && segmentsReceived(1) == before; i++) {
      assertLost(network, 2, network.host(1), 9);
    }
    assertThat(segmentsReceived(1)).isGreaterThan(before);
    network.heal();
    assertThat(reach(2, network.host(1), 9)).isEqualTo(REACHED);
  }

  /// By TCP, as the system counts them where a member is.
  private long segmentsReceived(int member) {
    var counters =
        said(member, "cat", "/proc/net/snmp")
            .lines()
            .filter(line -> line.startsWith("Tcp:"))
            .map(line -> List.of(line.split(" ", -1)))
            .toList();
    return Long.parseLong(counters.getLast().get(counters.getFirst().indexOf("InSegs")));
  }

  @Test
  void whatIsCutInOneNetworkIsNotCutInAnotherOne() {
    try (var other = NamespaceNetwork.of(2, url())) {
      other.cut(1, 2);
      assertLost(other, 1, other.host(2), 9);
      assertThat(reach(1, network.host(2), 9)).isEqualTo(REACHED);
    }
    assertThat(reach(1, network.host(2), 9)).isEqualTo(REACHED);
  }

  @Test
  void whatAProcessHasLeftIsRemovedByItsNumber() {
    var pid = ProcessHandle.current().pid();
    assertThat(NamespaceNetwork.removeThoseOf(pid)).isEqualTo(3);
    assertThat(NamespaceNetwork.removeThoseOf(pid)).isZero();
  }

  /// The system takes its time to remove a namespace.
  @Test
  void whatWasClosedIsInNobodysWay() {
    for (int i = 0; i < 3; i++) {
      try (var other = NamespaceNetwork.of(1, url())) {
        assertThat(reach(other, 1, other.host(1), 9, PATIENCE)).isEqualTo(REACHED);
      }
    }
  }

  private String said(int member, String... words) {
    try {
      var process = new ProcessBuilder(network.at(member, List.of(words))).start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private String reach(int member, String host, int port) {
    return reach(network, member, host, port, PATIENCE);
  }

  private static void assertLost(NamespaceNetwork from, int member, String host, int port) {
    assertThat(reach(from, member, host, port, A_MOMENT)).isEqualTo(LOST);
  }

  private static String reach(
      NamespaceNetwork from, int member, String host, int port, String patience) {
    var connect = "exec 3<>/dev/tcp/%s/%d".formatted(host, port);
    var command = from.at(member, List.of("timeout", patience, "bash", "-c", connect));
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return switch (process.waitFor()) {
        case 0 -> "connected";
        case 124 -> LOST;
        default -> said.contains("refused") ? REACHED : said;
      };
    } catch (IOException | InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }
}

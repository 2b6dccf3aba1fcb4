package dev.troupe.clusterconfig.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Names and what they stand for.
class DnsSeedsTest {

  private static List<String> found(Seeds seeds) throws Exception {
    return seeds.find().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @Test
  void addressesOfANameAreSeeds() throws Exception {
    assertThat(found(new DnsAddresses("127.0.0.1", 7400))).containsExactly("127.0.0.1:7400");
    assertThat(found(new DnsAddresses("::1", 7400))).containsExactly("[0:0:0:0:0:0:0:1]:7400");
  }

  @Test
  void nameWithoutAddressIsSaidToHaveNone() {
    assertThatThrownBy(() -> found(new DnsAddresses("nobody.invalid", 7400)))
        .hasMessageContaining("the name nobody.invalid has no address");
  }

  @Test
  void serviceRecordsAreSeeds() throws Exception {
    try (var server = new NameServer(0, List.of("troupe-0.example", "troupe-1.example"))) {
      assertThat(found(new DnsServices("_members._tcp.example", server.url())))
          .containsExactlyInAnyOrder("troupe-0.example:7400", "troupe-1.example:7400");
    }
  }

  @Test
  void serviceNameThatIsNotThereIsSaidNotToBe() throws Exception {
    try (var server = new NameServer(3, List.of())) {
      assertThatThrownBy(() -> found(new DnsServices("_members._tcp.example", server.url())))
          .hasMessageContaining("there is no name _members._tcp.example in the DNS");
    }
  }

  @Test
  void nameWithoutServiceRecordsHasNoSeeds() throws Exception {
    try (var server = new NameServer(0, List.of())) {
      assertThat(found(new DnsServices("_members._tcp.example", server.url()))).isEmpty();
    }
  }

  /// Answers every question with the same SRV records.
  private static final class NameServer implements AutoCloseable {

    private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final int code;
    private final List<String> hosts;

    /// @param code 0 for well, 3 for no such name
    NameServer(int code, List<String> hosts) throws IOException {
      this.code = code;
      this.hosts = hosts;
      var _ = CompletableFuture.runAsync(this::serve, Thread.ofVirtual()::start);
    }

    String url() {
      return "dns://127.0.0.1:" + socket.getLocalPort() + "/";
    }

    private void serve() {
      var packet = new DatagramPacket(new byte[512], 512);
      while (!socket.isClosed()) {
        try {
          socket.receive(packet);
          byte[] answer = answer(packet.getData(), packet.getLength());
          socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        } catch (IOException closed) {
          return;
        }
      }
    }

    private byte[] answer(byte[] question, int length) throws IOException {
      var bytes = new ByteArrayOutputStream();
      var out = new DataOutputStream(bytes);
      out.write(question, 0, 2);
      out.writeShort(0x8480 | code);
      out.writeShort(1);
      out.writeShort(hosts.size());
      out.writeInt(0);
      out.write(question, 12, length - 12);
      for (var host : hosts) {
        out.writeShort(0xC00C); // The name that was asked for.
        out.writeShort(33);
        out.writeShort(1);
        out.writeInt(30);
        byte[] name = name(host);
        out.writeShort(6 + name.length);
        out.writeShort(0);
        out.writeShort(1);
        out.writeShort(7400);
        out.write(name);
      }
      return bytes.toByteArray();
    }

    private static byte[] name(String host) {
      var bytes = new ByteArrayOutputStream();
      for (var label : List.of(host.split("\\."))) {
        bytes.write(label.length());
        bytes.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
      }
      bytes.write(0);
      return bytes.toByteArray();
    }

    @Override
    public void close() {
      socket.close();
    }
  }
}

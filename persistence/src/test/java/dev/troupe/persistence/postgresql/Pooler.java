package dev.troupe.persistence.postgresql;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Something in front of a server that hands out back ends, as far as the protocol of the driver
/// needs it: without passwords and TLS.
final class Pooler implements AutoCloseable {

  enum Sharing {
    /// Each client has a back end for itself.
    NONE,
    /// As well, but whoever says what the session is to be like is refused.
    NONE_WITH_OPTIONS,
    /// As well, but it is not told what the session is to be like.
    NONE_WITHOUT_OPTIONS,
    /// What a client says goes to one of two, turn by turn.
    TURNS,
    /// All clients have the same.
    ONE_FOR_ALL
  }

  private static final int TLS_WANTED = 80_877_103;
  private static final int GSS_WANTED = 80_877_104;

  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final int port;
  private final Sharing sharing;
  private @Nullable BackEnd shared;

  Pooler(int port, Sharing sharing) throws IOException {
    this.port = port;
    this.sharing = sharing;
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        var client = listener.accept();
        sockets.add(client);
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException closed) {
      // The end.
    }
  }

  private void serve(Socket client) {
    try (client;
        var in = new DataInputStream(client.getInputStream());
        var out = new DataOutputStream(client.getOutputStream())) {
      var greeting = greeting(in, out);
      if (sharing == Sharing.NONE_WITH_OPTIONS
          && greeting.length > withoutOptions(greeting).length) {
        refuse(out);
        return;
      }
      var backEnds = backEnds(greeting);
      out.write(backEnds.getFirst().welcome);
      out.flush();
      for (int turn = 0; ; turn++) {
        var question = question(in);
        if (question.length == 0) {
          return;
        }
        out.write(backEnds.get(turn % backEnds.size()).ask(question));
        out.flush();
      }
    } catch (IOException closed) {
      // The end of this one.
    }
  }

  /// What a client says first, but for what it wants and does not get.
  private static byte[] greeting(DataInputStream in, DataOutputStream out) throws IOException {
    while (true) {
      int length = in.readInt();
      var bytes = ByteBuffer.allocate(length).putInt(length).array();
      in.readFully(bytes, 4, length - 4);
      int wanted = ByteBuffer.wrap(bytes).getInt(4);
      if (wanted != TLS_WANTED && wanted != GSS_WANTED) {
        return bytes;
      }
      out.write('N');
      out.flush();
    }
  }

  private static void refuse(DataOutputStream out) throws IOException {
    var words = "SFATAL\0C08P01\0Munsupported startup parameter: options\0\0";
    out.write('E');
    out.writeInt(4 + words.length());
    out.write(words.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  /// Length and version, then pairs of texts, then an end.
  private static byte[] withoutOptions(byte[] greeting) throws IOException {
    var pairs =
        new String(greeting, 8, greeting.length - 8, StandardCharsets.ISO_8859_1)
            .replaceFirst("(^|\0)options\0[^\0]*\0", "$1");
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    out.writeInt(8 + pairs.length());
    out.write(greeting, 4, 4);
    out.write(pairs.getBytes(StandardCharsets.ISO_8859_1));
    return bytes.toByteArray();
  }

  private List<BackEnd> backEnds(byte[] greeting) throws IOException {
    return switch (sharing) {
      case NONE, NONE_WITH_OPTIONS -> List.of(new BackEnd(greeting));
      case NONE_WITHOUT_OPTIONS -> List.of(new BackEnd(withoutOptions(greeting)));
      case TURNS -> List.of(new BackEnd(greeting), new BackEnd(greeting));
      case ONE_FOR_ALL -> List.of(shared(greeting));
    };
  }

  private synchronized BackEnd shared(byte[] greeting) throws IOException {
    if (shared == null) {
      shared = new BackEnd(greeting);
    }
    return shared;
  }

  /// All messages up to one that wants an answer; empty at the end.
  private static byte[] question(DataInputStream in) throws IOException {
    var bytes = new ByteArrayOutputStream();
    while (true) {
      int kind = in.read();
      if (kind < 0 || kind == 'X') {
        return new byte[0];
      }
      copy(kind, in, new DataOutputStream(bytes));
      if (kind == 'S' || kind == 'Q') {
        return bytes.toByteArray();
      }
    }
  }

  private static void copy(int kind, DataInputStream in, DataOutputStream out) throws IOException {
    int length = in.readInt();
    out.write(kind);
    out.writeInt(length);
    out.write(in.readNBytes(length - 4));
  }

  private final class BackEnd {

    private final Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    private final DataInputStream in = new DataInputStream(socket.getInputStream());
    private final byte[] welcome;

    private BackEnd(byte[] greeting) throws IOException {
      sockets.add(socket);
      welcome = ask(greeting);
    }

    /// @return all messages until the server is ready again
    private synchronized byte[] ask(byte[] question) throws IOException {
      socket.getOutputStream().write(question);
      var bytes = new ByteArrayOutputStream();
      while (true) {
        int kind = in.readUnsignedByte();
        copy(kind, in, new DataOutputStream(bytes));
        if (kind == 'Z') {
          return bytes.toByteArray();
        }
      }
    }
  }

  @Override
  public void close() {
    var all = new ArrayList<AutoCloseable>(sockets);
    all.add(listener);
    for (var open : all) {
      try {
        open.close();
      } catch (Exception failure) {
        throw new UncheckedIOException(new IOException(failure));
      }
    }
  }
}

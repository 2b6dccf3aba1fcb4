package dev.troupe.clusterconfig.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/// A member that does with each connection what a test says.
final class LineServer implements AutoCloseable {

  /// What is done with a connection, on a thread of its own.
  @FunctionalInterface
  interface Conduct {

    void serve(Socket socket) throws IOException;
  }

  private final ServerSocket server;
  private final Thread acceptor;
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

  /// Those that have come.
  final BlockingQueue<Socket> came = new LinkedBlockingQueue<>();

  private LineServer(ServerSocket server, Consumer<LineServer> acceptance) {
    this.server = server;
    this.acceptor = Thread.ofVirtual().start(() -> acceptance.accept(this));
  }

  private static LineServer taking(Consumer<LineServer> acceptance) {
    try {
      return new LineServer(
          new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1")), acceptance);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static LineServer with(Conduct conduct) {
    return taking(lines -> lines.accept(conduct));
  }

  /// Answers each line with its own name in front.
  static LineServer echo(String name) {
    return with(socket -> {
      var out = socket.getOutputStream();
      for (var line = line(socket); !line.isEmpty(); line = line(socket)) {
        out.write((name + ":" + line + "\n").getBytes(UTF_8));
      }
    });
  }

  /// As one that is stopped by a signal: its system takes connections, and it does nothing.
  static LineServer frozen() {
    return taking(_ -> {});
  }

  /// Empty at the end.
  static String line(Socket socket) throws IOException {
    var line = new StringBuilder();
    for (int sign = socket.getInputStream().read();
        sign >= 0 && sign != '\n';
        sign = socket.getInputStream().read()) {
      line.append((char) sign);
    }
    return line.toString();
  }

  private void accept(Conduct conduct) {
    try {
      while (true) {
        var socket = server.accept();
        socket.setSoTimeout(60_000); // Its client is to be the first who loses patience.
        sockets.add(socket);
        came.add(socket);
        Thread.ofVirtual().start(() -> serve(socket, conduct));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private static void serve(Socket socket, Conduct conduct) {
    try (socket) {
      conduct.serve(socket);
    } catch (IOException e) {
      // The other side is gone.
    }
  }

  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), server.getLocalPort());
  }

  @Override
  public void close() throws IOException {
    kill();
  }

  /// As the system does it to the connections of one that is killed.
  void kill() throws IOException {
    server.close();
    try {
      // The system takes connections until nobody waits for one any more.
      acceptor.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (var socket : sockets) {
      reset(socket);
    }
  }

  private static void reset(Socket socket) {
    try (socket) {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      // Closed already.
    }
  }
}

package dev.troupe.testkit.members;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Makes a port of the loopback reachable at another address of this machine.
final class PortForward implements AutoCloseable {

  private final int target;
  private final ServerSocket server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Thread acceptor;

  private PortForward(int target, ServerSocket server) {
    this.target = target;
    this.server = server;
    this.acceptor = Thread.ofVirtual().unstarted(this::accept);
  }

  static PortForward to(int port) {
    try {
      return new PortForward(port, new ServerSocket());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void listen(String address) {
    try {
      server.bind(new InetSocketAddress(address, 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    acceptor.start();
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        join(server.accept());
      } catch (IOException closed) {
        // The next one, unless it is closed.
      }
    }
  }

  private void join(Socket client) {
    open.add(client);
    try {
      var database = new Socket(InetAddress.getLoopbackAddress(), target);
      open.add(database);
      client.setTcpNoDelay(true);
      database.setTcpNoDelay(true);
      Thread.ofVirtual().start(() -> pass(client, database));
      Thread.ofVirtual().start(() -> pass(database, client));
    } catch (IOException refused) {
      end(client);
    }
  }

  private void pass(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException over) {
      // So is the other direction.
    }
    end(from);
    end(to);
  }

  private void end(Socket socket) {
    open.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Refuses from now on: the system takes connections until nobody waits for one any more.
  @Override
  public void close() {
    try {
      server.close();
      acceptor.join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Set.copyOf(open).forEach(this::end);
  }
}

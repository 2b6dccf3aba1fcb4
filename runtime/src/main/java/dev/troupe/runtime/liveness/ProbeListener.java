package dev.troupe.runtime.liveness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A port that others keep a connection to. Nothing is said there and nothing is read: when this
/// process ends, the kernel tells them.
///
/// Anybody may connect, so there is nothing to gain: whoever sends something is cut off, and those
/// that are too many are.
public final class ProbeListener implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ProbeListener.class);

  /// More than a cluster has members.
  static final int MOST = 64;

  private static final Duration CLOSING = Duration.ofSeconds(1);

  private final ServerSocket server;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final Thread acceptor;

  private ProbeListener(ServerSocket server) {
    this.server = server;
    this.acceptor = Thread.ofVirtual().name("probes-accept").unstarted(this::accept);
  }

  /// Begins to listen.
  ///
  /// @param port 0 for any
  public static ProbeListener open(InetSocketAddress address) {
    try {
      var listener =
          new ProbeListener(new ServerSocket(address.getPort(), MOST, address.getAddress()));
      listener.acceptor.start();
      return listener;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot listen for probes on %s: %s".formatted(address, e.getMessage()), e);
    }
  }

  public int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        hold(server.accept());
      } catch (IOException e) {
        if (!server.isClosed()) {
          LOG.warn("a probe could not be accepted", e);
        }
      }
    }
  }

  private void hold(Socket connection) {
    connections.add(connection);
    if (connections.size() > MOST || server.isClosed()) {
      end(connection);
    } else {
      Thread.ofVirtual()
          .name("probe-held")
          .start(() -> {
            Probes.untilOver(connection);
            end(connection);
          });
    }
  }

  private void end(Socket connection) {
    connections.remove(connection);
    Probes.close(connection);
  }

  /// Whether somebody here waits for connections.
  boolean isAccepting() {
    return acceptor.isAlive();
  }

  /// How many are connected.
  int count() {
    return connections.size();
  }

  /// Refuses from now on, as if the process had ended: the system takes connections until nobody
  /// waits for one any more.
  @Override
  public void close() {
    Probes.close(server);
    try {
      acceptor.join(CLOSING);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    connections.forEach(this::end);
  }
}

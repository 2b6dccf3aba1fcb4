package dev.troupe.testkit.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Takes TCP connections at one address and passes them on to another, as well or as badly as it is
/// told to: what is set holds for all connections, those that are there and those that come, or for
/// one of them. What the bytes mean it does not know.
public final class FaultProxy implements AutoCloseable {

  private static final int MOST_CONNECTIONS = 1_000;
  private static final int BACKLOG = 256;
  private static final long PAUSE_NANOS = 20_000_000;

  private InetSocketAddress target;
  private final SplittableRandom random;
  private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
  private final Map<LinkEnd, LinkCondition> conditions = new EnumMap<>(LinkEnd.class);
  private final Map<InetAddress, LinkCondition> ofClients = new HashMap<>();
  private @Nullable InetSocketAddress address;
  private @Nullable Door door;
  private int taken;

  /// One address at which connections are taken, and who takes them.
  private record Door(ServerSocket server, Thread acceptor) {}

  private FaultProxy(InetSocketAddress target, long seed) {
    this.target = target;
    this.random = new SplittableRandom(seed);
  }

  /// One that takes no connections yet.
  ///
  /// @param seed of what chance decides
  public static FaultProxy to(InetSocketAddress target, long seed) {
    return new FaultProxy(target, seed);
  }

  /// Takes connections from now on.
  ///
  /// @param at port 0 for any that is free
  /// @throws UncheckedIOException if it cannot be there
  public synchronized FaultProxy listen(InetSocketAddress at) {
    if (door != null) {
      throw new IllegalStateException("it takes connections already, at " + address);
    }
    try {
      var server = new ServerSocket();
      try {
        server.setReuseAddress(true);
        server.bind(at, BACKLOG);
      } catch (IOException e) {
        server.close();
        throw e;
      }
      address = new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
      door = new Door(server, Thread.ofVirtual().name("proxy").start(() -> accept(server)));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen at %s: %s".formatted(at, e.getMessage()), e);
    }
  }

  /// Where it takes connections, or took them.
  public synchronized InetSocketAddress address() {
    if (address == null) {
      throw new IllegalStateException("it has not taken connections yet");
    }
    return address;
  }

  private void accept(ServerSocket server) {
    while (!server.isClosed()) {
      try {
        take(server.accept());
      } catch (IOException failed) {
        // Closed, or there is no room for one more: then others end first.
        if (!server.isClosed()) {
          LockSupport.parkNanos(PAUSE_NANOS);
        }
      }
    }
  }

  private synchronized void take(Socket client) throws IOException {
    if (connections.size() >= MOST_CONNECTIONS) {
      client.setSoLinger(true, 0);
      client.close();
      return;
    }
    var connection =
        new ProxiedConnection(
            ++taken, client, target, conditions, random.split(), connections::remove);
    var ofClient = ofClients.get(client.getInetAddress());
    if (ofClient != null) {
      connection.set(ofClient);
    }
    connections.add(connection);
    connection.start();
  }

  /// Passes connections that come from now on to another address.
  public synchronized void redirect(InetSocketAddress to) {
    target = to;
  }

  /// Of everything that goes to one end, from now on.
  public synchronized void set(LinkEnd toward, LinkCondition condition) {
    conditions.put(toward, condition);
    connections.forEach(connection -> connection.set(toward, condition));
  }

  /// In both directions.
  public void set(LinkCondition condition) {
    set(LinkEnd.CLIENT, condition);
    set(LinkEnd.TARGET, condition);
  }

  /// Of everything from and to clients at one address, in both directions, from now on.
  public synchronized void set(InetAddress client, LinkCondition condition) {
    ofClients.put(client, condition);
    connections(client).forEach(connection -> connection.set(condition));
  }

  /// Those of clients at one address.
  public List<ProxiedConnection> connections(InetAddress client) {
    return connections().stream().filter(connection -> connection.isFrom(client)).toList();
  }

  /// Those that are open, in the order in which they came.
  public List<ProxiedConnection> connections() {
    return connections.stream().sorted(Comparator.comparingInt(ProxiedConnection::number)).toList();
  }

  /// Breaks all connections; new ones are taken as before.
  public void reset() {
    connections().forEach(ProxiedConnection::reset);
  }

  /// Takes no new connections: whoever tries is told at once. Those that are there stay.
  public void refuse() {
    Door closed;
    synchronized (this) {
      closed = door;
      door = null;
    }
    if (closed == null) {
      return;
    }
    try {
      closed.server().close();
      // The system takes connections until nobody waits for one any more.
      closed.acceptor().join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Everything goes through again, and who believes in a connection that is gone is told.
  public synchronized void heal() {
    ofClients.clear();
    set(LinkCondition.CLEAR);
    connections().stream().filter(ProxiedConnection::isHalfOpen).forEach(ProxiedConnection::reset);
    if (door == null && address != null) {
      var _ = listen(address);
    }
  }

  /// Refuses from now on, and breaks all connections; returns when nothing of it is left.
  @Override
  public void close() {
    refuse();
    try {
      for (var connection : connections()) {
        connection.reset();
        connection.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

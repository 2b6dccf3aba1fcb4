package dev.troupe.persistence.postgresql.session;

import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.SocketFactory;

/// Makes the sockets of a database's sessions. The driver makes one for each session, as it is only
/// told the name of this class and of the watch.
public final class WatchedSockets extends SocketFactory {

  private static final Map<String, SocketWatch> WATCHES = new ConcurrentHashMap<>();
  private static final AtomicLong NAMES = new AtomicLong();

  private final SocketWatch watch;

  /// @param name of the watch
  public WatchedSockets(String name) {
    watch = Objects.requireNonNull(WATCHES.get(name), "the database is closed");
  }

  /// @return the name of the watch
  static String register(SocketWatch watch) {
    var name = Long.toString(NAMES.incrementAndGet());
    WATCHES.put(name, watch);
    return name;
  }

  static void forget(String name) {
    WATCHES.remove(name);
  }

  /// What the driver is told.
  static void use(Properties properties, String name) {
    properties.setProperty("socketFactory", WatchedSockets.class.getName());
    properties.setProperty("socketFactoryArg", name);
  }

  @Override
  public Socket createSocket() {
    return watch.socket();
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException();
  }
}

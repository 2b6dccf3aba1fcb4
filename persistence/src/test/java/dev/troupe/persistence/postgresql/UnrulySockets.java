package dev.troupe.persistence.postgresql;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/// Sockets of the database's driver that throw what no socket should, when they are told to. Made
/// by the driver, which is given the name of this class.
public final class UnrulySockets extends SocketFactory {

  private static final AtomicInteger THROWN = new AtomicInteger();
  private static volatile @Nullable Supplier<Throwable> wanted;

  /// Each read throws one of these from now on; null: none any more.
  static void throwing(@Nullable Supplier<Throwable> failures) {
    THROWN.set(0);
    wanted = failures;
  }

  /// How often something was thrown.
  static int thrown() {
    return THROWN.get();
  }

  static String parameter() {
    return "?socketFactory=" + UnrulySockets.class.getName();
  }

  @Override
  public Socket createSocket() {
    return new Unruly();
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

  private static void throwWhatIsWanted() {
    var failures = wanted;
    if (failures != null) {
      THROWN.incrementAndGet();
      switch (failures.get()) {
        case Error error -> throw error;
        case RuntimeException bug -> throw bug;
        case Throwable other -> throw new IllegalArgumentException(other);
      }
    }
  }

  private static final class Unruly extends Socket {

    @Override
    public InputStream getInputStream() throws IOException {
      return new FilterInputStream(super.getInputStream()) {
        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
          throwWhatIsWanted();
          return super.read(bytes, from, length);
        }
      };
    }
  }
}

package dev.troupe.persistence.postgresql;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What stands between a store and its server. It can lose what is said, or keep it back, without
/// that a connection is seen to be broken.
final class BlackHole implements AutoCloseable {

  private enum Way {
    OPEN,
    HELD,
    LOST
  }

  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final int port;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Way way = Way.OPEN;

  /// How often it has begun to lose things: what was connected before is lost for good.
  private int losses;

  BlackHole(int port) throws IOException {
    this.port = port;
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /// Everything that is connected now, or will be until it is healed, is answered no more.
  void lose() {
    set(Way.LOST);
  }

  /// Everything is late from now on.
  void hold() {
    set(Way.HELD);
  }

  /// What was held back goes on; what was lost stays so.
  void heal() {
    set(Way.OPEN);
  }

  private void set(Way next) {
    lock.lock();
    try {
      way = next;
      losses += next == Way.LOST ? 1 : 0;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void accept() {
    try {
      while (true) {
        var client = listener.accept();
        sockets.add(client);
        int born = born();
        if (born >= 0) {
          var server = new Socket(InetAddress.getLoopbackAddress(), port);
          sockets.add(server);
          Thread.ofVirtual().start(() -> pump(client, server, born));
          Thread.ofVirtual().start(() -> pump(server, client, born));
        }
      }
    } catch (IOException closed) {
      // The end.
    }
  }

  /// Negative if nothing is to come of what is connected now.
  private int born() {
    lock.lock();
    try {
      return way == Way.LOST ? -1 : losses;
    } finally {
      lock.unlock();
    }
  }

  private void pump(Socket from, Socket to, int born) {
    try (InputStream in = from.getInputStream()) {
      var bytes = new byte[8192];
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        if (isThrough(born)) {
          to.getOutputStream().write(bytes, 0, read);
        }
      }
      if (isThrough(born)) {
        to.close();
      }
    } catch (IOException | InterruptedException closed) {
      // The end of this one.
    }
  }

  /// Waits while things are held back.
  private boolean isThrough(int born) throws InterruptedException {
    lock.lock();
    try {
      while (way == Way.HELD && born == losses) {
        changed.await();
      }
      return born == losses;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    set(Way.OPEN);
    for (var socket : sockets) {
      socket.close();
    }
  }
}

package dev.troupe.persistence.postgresql.session;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Knows of each socket of a database since when it waits for the server.
final class SocketWatch {

  /// That somebody does not wait.
  private static final long NOT = Long.MIN_VALUE;

  private final Set<Watched> open = ConcurrentHashMap.newKeySet();

  Socket socket() {
    var made = new Watched();
    open.add(made);
    return made;
  }

  /// Closes those that have waited since before a moment, so that whoever waits learns that nothing
  /// will come.
  ///
  /// @return how many
  int closeWaitingSince(long nanos) {
    int closed = 0;
    for (var socket : open) {
      long since = socket.waitingSince;
      if (since != NOT && since - nanos < 0) {
        socket.closeNow();
        closed++;
      }
    }
    return closed;
  }

  private final class Watched extends Socket {

    private volatile long waitingSince = NOT;

    @Override
    public InputStream getInputStream() throws IOException {
      return new FilterInputStream(super.getInputStream()) {
        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
          waitingSince = System.nanoTime();
          try {
            return super.read(bytes, from, length);
          } finally {
            waitingSince = NOT;
          }
        }
      };
    }

    private void closeNow() {
      try {
        close();
      } catch (IOException failure) {
        // Whoever waits is told all the same.
      }
    }

    @Override
    public void close() throws IOException {
      open.remove(this);
      super.close();
    }
  }
}

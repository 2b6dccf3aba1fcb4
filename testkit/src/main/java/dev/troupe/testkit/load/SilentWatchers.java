package dev.troupe.testkit.load;

import dev.troupe.testkit.process.Api;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Clients that open a watch of a whole collection, each on a connection of its own, and never read
/// what it shows.
public final class SilentWatchers implements AutoCloseable {

  private static final String REQUEST =
      "GET /api/v1/configmaps?watch=true HTTP/1.1\r\nHost: stuck\r\nAccept: */*\r\n\r\n";

  private final List<Socket> connections = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicInteger opened = new AtomicInteger();
  private boolean closed;

  private SilentWatchers() {}

  /// Begins to open them, and waits for none.
  ///
  /// @param servers that they ask by turns
  public static SilentWatchers open(List<Api> servers, int clients) {
    var watches = new SilentWatchers();
    for (int i = 0; i < clients; i++) {
      var server = servers.get(i % servers.size());
      watches.threads.add(Thread.ofVirtual().start(() -> watches.open(server)));
    }
    return watches;
  }

  private void open(Api server) {
    try {
      var connection = server.connect();
      if (keep(connection)) {
        var out = connection.getOutputStream();
        out.write(REQUEST.getBytes(StandardCharsets.US_ASCII));
        out.flush();
        opened.incrementAndGet();
      }
    } catch (IOException refused) {
      // One less.
    }
  }

  private synchronized boolean keep(Socket connection) throws IOException {
    if (closed) {
      connection.close();
    } else {
      connections.add(connection);
    }
    return !closed;
  }

  /// How many have asked for their watch.
  public int opened() {
    return opened.get();
  }

  /// Ends all of them.
  @Override
  public void close() {
    for (var connection : ended()) {
      try {
        connection.close();
      } catch (IOException gone) {
        // The server has ended it.
      }
    }
    threads.forEach(Thread::interrupt);
  }

  private synchronized List<Socket> ended() {
    closed = true;
    return List.copyOf(connections);
  }
}

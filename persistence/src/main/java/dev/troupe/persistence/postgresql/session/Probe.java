package dev.troupe.persistence.postgresql.session;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notices that the server does not answer any more, and when it does again.
///
/// A connection whose other end is gone without a word looks like one to a server that thinks: only
/// its deadline ends it, or the system's, which tries again after ever longer pauses. So a session
/// of its own asks something small again and again. When the server answers again after it did not,
/// whoever still waits for what was asked before waits for nothing.
final class Probe implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Probe.class);

  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /// For an answer, and for a session. Who is refused at once, and then is not, was not silent.
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /// Between two attempts while it does not answer.
  private static final Duration RETRY = Duration.ofMillis(250);

  /// A server that was only slow has answered all by then.
  private static final Duration GRACE = Duration.ofSeconds(1);

  /// Makes a session whose statements have so long.
  @FunctionalInterface
  interface Sessions {
    Connection make(Duration patience) throws SQLException;
  }

  private final String place;
  private final Sessions sessions;
  private final SocketWatch sockets;
  private final Runnable back;
  private final Thread thread;

  private long answered = System.nanoTime();
  private @Nullable Connection session;
  private volatile String trouble = "";

  private Probe(String place, Sessions sessions, SocketWatch sockets, Runnable back) {
    this.place = place;
    this.sessions = sessions;
    this.sockets = sockets;
    this.back = back;
    thread = Thread.ofPlatform().daemon().name("store-probe").unstarted(this::run);
  }

  /// @param back is called when it answers again after it did not
  static Probe start(String place, Sessions sessions, SocketWatch sockets, Runnable back) {
    var probe = new Probe(place, sessions, sockets, back);
    probe.thread.start();
    return probe;
  }

  /// What keeps the server from answering, while it does not.
  Optional<String> trouble() {
    var words = trouble;
    return words.isEmpty()
        ? Optional.empty()
        : Optional.of("the database " + place + " does not answer: " + words);
  }

  private void run() {
    try {
      Thread.sleep(INTERVAL);
      while (true) {
        Thread.sleep(ask() ? INTERVAL : RETRY);
      }
    } catch (InterruptedException closing) {
      leave();
    }
  }

  private boolean ask() throws InterruptedException {
    try (var statement = session().createStatement()) {
      statement.execute("SELECT 1");
    } catch (SQLException | RuntimeException failure) {
      leave();
      trouble = String.valueOf(failure.getMessage());
      return false;
    }
    long now = System.nanoTime();
    if (now - answered > INTERVAL.plus(PATIENCE).toNanos()) {
      cutOff(now);
    }
    trouble = "";
    answered = System.nanoTime();
    return true;
  }

  private Connection session() throws SQLException {
    var present = session;
    if (present == null) {
      present = sessions.make(PATIENCE);
      session = present;
    }
    return present;
  }

  private void cutOff(long since) throws InterruptedException {
    var silent = Duration.ofNanos(since - answered);
    Thread.sleep(GRACE);
    int cut = sockets.closeWaitingSince(since);
    back.run();
    LOG.warn(
        "the database {} answers again, after {} ms; {} sessions had waited in vain",
        place,
        silent.toMillis(),
        cut);
  }

  private void leave() {
    var left = session;
    session = null;
    if (left != null) {
      try {
        left.abort(Runnable::run);
      } catch (SQLException failure) {
        // The server notices by itself.
      }
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}

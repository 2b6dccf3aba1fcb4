package dev.troupe.runtime.liveness;

import dev.troupe.runtime.lease.MemberId;
import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A connection to the [ProbeListener] of each other member, which says nothing. When it is lost
/// the port is tried at once: whoever refuses has no process any more. Silence means nothing here:
/// neither a frozen process nor a cut shows.
///
/// A port whose process has ended may be given to another one, which then seems to be the member:
/// that costs the vote of this probe, and silence votes later.
public final class Probes implements AutoCloseable {

  /// Who is told, on any thread, one thing after the other for each member.
  public interface Witness {
    void connected(MemberId member);

    /// The port refuses; said again with each attempt.
    void refused(MemberId member);
  }

  private static final Logger LOG = LoggerFactory.getLogger(Probes.class);

  /// Far less than any kernel needs to give up by itself, which would look like a refusal.
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Duration retry;
  private final Witness witness;
  private final Map<MemberId, Probe> probes = new HashMap<>();

  /// @param retry between attempts that fail
  public Probes(Duration retry, Witness witness) {
    this.retry = retry;
    this.witness = witness;
  }

  /// Whom to watch from now on, instead of those before.
  ///
  /// @param ports where each of them accepts probes
  public synchronized void watch(Map<MemberId, InetSocketAddress> ports) {
    probes
        .entrySet()
        .removeIf(entry -> {
          boolean isOver = !ports.containsKey(entry.getKey());
          if (isOver) {
            entry.getValue().close();
          }
          return isOver;
        });
    ports.forEach(
        (member, port) -> probes.computeIfAbsent(member, _ -> new Probe(member, port).start()));
  }

  @Override
  public void close() {
    watch(Map.of());
  }

  /// Waits until a connection is over: the other side has ended it, or has said something, which
  /// none of ours does.
  static void untilOver(Socket connection) {
    try {
      int said = connection.getInputStream().read();
      if (said >= 0) {
        LOG.debug("{} says something to a port for probes", connection.getRemoteSocketAddress());
      }
    } catch (IOException _) {
      // Reset, or closed here: it is over as well.
    }
  }

  static void close(Closeable what) {
    try {
      what.close();
    } catch (IOException e) {
      LOG.debug("{} did not close", what, e);
    }
  }

  private final class Probe {
    private final MemberId member;
    private final InetSocketAddress port;
    private volatile boolean closed;
    private volatile @Nullable Socket socket;
    private @Nullable Thread thread;

    private Probe(MemberId member, InetSocketAddress port) {
      this.member = member;
      this.port = port;
    }

    private Probe start() {
      thread = Thread.ofVirtual().name("probe-" + member).start(this::run);
      return this;
    }

    private void run() {
      try {
        while (!closed) {
          if (!connect()) {
            Thread.sleep(retry);
          }
        }
      } catch (InterruptedException _) {
        // It is closed.
      }
    }

    /// @return whether there was a connection
    private boolean connect() {
      try (var attempt = new Socket()) {
        socket = attempt;
        attempt.connect(resolved(), Math.toIntExact(PATIENCE.toMillis()));
        tell(true);
        untilOver(attempt);
        return true;
      } catch (ConnectException _) {
        tell(false);
        return false;
      } catch (IOException e) {
        LOG.debug("no probe of {} at {}", member, port, e);
        return false;
      }
    }

    /// Asked each time: the name may be known later than the member, or mean another machine.
    private InetSocketAddress resolved() {
      return new InetSocketAddress(port.getHostString(), port.getPort());
    }

    private void tell(boolean isConnected) {
      if (closed) {
        return;
      }
      if (isConnected) {
        witness.connected(member);
      } else {
        witness.refused(member);
      }
    }

    private void close() {
      closed = true;
      var present = socket;
      if (present != null) {
        Probes.close(present);
      }
      if (thread != null) {
        thread.interrupt();
      }
    }
  }
}

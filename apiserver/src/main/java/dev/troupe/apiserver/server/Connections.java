package dev.troupe.apiserver.server;

import dev.troupe.apiserver.authentication.Authenticator;
import dev.troupe.apiserver.authentication.User;
import dev.troupe.apiserver.wire.Delivery;
import dev.troupe.apiserver.wire.Farewell;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/// The connections of one event loop: bounds their number, closes idle ones, and remembers whom
/// they belong to.
final class Connections {

  private static final long SWEEP_MILLIS = 1_000;

  private final AtomicInteger total;
  private final Farewell farewell;
  private final int limit;
  private final long idleNanos;
  private final long stalledNanos;
  private final Map<HttpConnection, State> states = new HashMap<>();

  /// @param total counts the connections of all event loops
  /// @param farewell of the server
  Connections(AtomicInteger total, Farewell farewell, ApiServerSettings.Limits limits) {
    this.total = total;
    this.farewell = farewell;
    this.limit = limits.connections();
    this.idleNanos = limits.periods().idle().toNanos();
    this.stalledNanos = limits.periods().stalled().toNanos();
  }

  /// Begins to look now and then for connections that are idle, and for answers that nobody takes.
  void watchOver(Vertx vertx) {
    vertx.setPeriodic(SWEEP_MILLIS, _ -> sweep());
  }

  void opened(HttpConnection connection) {
    FullNotice.give(connection);
    farewell.give(connection);
    if (total.incrementAndGet() > limit) {
      total.decrementAndGet();
      connection.close();
      return;
    }
    states.put(connection, new State());
    connection.closeHandler(_ -> {
      if (states.remove(connection) != null) {
        total.decrementAndGet();
      }
    });
  }

  /// What is known about the connection of a request.
  State of(HttpConnection connection) {
    State known = states.get(connection);
    return known == null ? new State() : known;
  }

  private void sweep() {
    long now = System.nanoTime();
    for (var entry : new ArrayList<>(states.entrySet())) {
      State state = entry.getValue();
      if (state.idleSince(now, idleNanos) || state.cutStalled(now, stalledNanos)) {
        entry.getKey().close();
      }
    }
  }

  /// One connection.
  static final class State {

    private @Nullable User user;
    private int requests;
    private boolean condemned;
    private long quietSince = System.nanoTime();
    private final Set<Delivery> deliveries = new HashSet<>();

    /// Who has opened the connection; the certificate is checked once.
    User user(Authenticator authenticator, HttpConnection connection) {
      if (user == null) {
        user = authenticator.byCertificate(chain(connection));
      }
      return user;
    }

    void begin() {
      requests++;
    }

    /// Nobody knows where the next request would begin: there is none any more. In HTTP/2 a request
    /// is not mistaken for what belongs to another.
    void condemn(HttpVersion version) {
      condemned |= version != HttpVersion.HTTP_2;
    }

    boolean condemned() {
      return condemned;
    }

    /// Requests that have not ended, with the one that asks.
    int requests() {
      return requests;
    }

    /// An answer is on its way.
    void sends(Delivery delivery) {
      if (!delivery.ended()) {
        deliveries.add(delivery);
      }
    }

    /// An answer has been taken, or never will be.
    void sent(@Nullable Delivery delivery) {
      if (delivery != null) {
        deliveries.remove(delivery);
      }
    }

    /// Breaks off the answers that nobody takes.
    ///
    /// @return whether nothing else goes on
    private boolean cutStalled(long now, long stalledNanos) {
      var stalled =
          deliveries.stream().filter(delivery -> delivery.stalled(now, stalledNanos)).toList();
      boolean all = !stalled.isEmpty() && stalled.size() == requests;
      stalled.forEach(Delivery::cut);
      return all;
    }

    void end() {
      requests--;
      quietSince = System.nanoTime();
    }

    private boolean idleSince(long now, long idleNanos) {
      return requests == 0 && now - quietSince > idleNanos;
    }

    private static List<X509Certificate> chain(HttpConnection connection) {
      var session = connection.sslSession();
      if (session == null) {
        return List.of();
      }
      try {
        var chain = new ArrayList<X509Certificate>();
        for (Certificate certificate : session.getPeerCertificates()) {
          if (certificate instanceof X509Certificate x509) {
            chain.add(x509);
          }
        }
        return chain;
      } catch (SSLPeerUnverifiedException _) {
        return List.of();
      }
    }
  }
}

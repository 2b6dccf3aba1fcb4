package dev.troupe.apiserver.server;

import dev.troupe.apiserver.conversion.HookClient;
import dev.troupe.apiserver.share.Gate;
import dev.troupe.apiserver.share.Shares;
import java.time.Duration;

/// What an API server is told at its start.
///
/// @param port 0 for a free one
/// @param eventLoops threads that serve connections
public record ApiServerSettings(String host, int port, Tls tls, int eventLoops, Limits limits) {

  /// All in PEM.
  ///
  /// @param clientAuthority whoever signs client certificates
  public record Tls(String certificate, String key, String clientAuthority) {

    @Override
    public String toString() {
      return "Tls[…]";
    }
  }

  /// What keeps memory and queues bounded.
  ///
  /// @param periods how long things may take
  /// @param unknown requests of those without credentials, in all
  /// @param unknownEach the same, of one connection
  /// @param waitingBytes of bodies that come, and the same of answers that go, in all
  public record Limits(
      int bodyBytes,
      int headerBytes,
      int reads,
      int writes,
      int connections,
      int unknown,
      int unknownEach,
      long waitingBytes,
      Periods periods) {

    public static final Limits DEFAULT =
        new Limits(
            3 * 1024 * 1024,
            64 * 1024,
            400,
            200,
            10_000,
            100,
            32,
            Math.max(64L << 20, Runtime.getRuntime().maxMemory() / 4),
            Periods.DEFAULT);

    /// So many long answers may wait until there is room for them.
    private static final int WAITING_ANSWERS = 400;

    /// So many may ask about the server at once, and so many times ten wait.
    private static final int LOOKS = 8;

    Shares shares() {
      return new Shares(
          new Gate(unknown),
          new Gate(reads),
          new Gate(LOOKS),
          new Gate(writes),
          new Gate(waitingBytes, 0),
          new Gate(waitingBytes, WAITING_ANSWERS));
    }
  }

  /// How long things may take.
  ///
  /// @param deadline of every request that is not a stream, until it is answered
  /// @param idle after it a connection without a request is closed
  /// @param stalled after it an answer of which the client takes nothing is broken off
  /// @param conversion of objects by somebody else, until he has answered
  public record Periods(Duration deadline, Duration idle, Duration stalled, Duration conversion) {

    public static final Periods DEFAULT =
        new Periods(
            Duration.ofSeconds(60),
            Duration.ofSeconds(90),
            Duration.ofSeconds(10),
            HookClient.DEADLINE);

    /// How long what is asked for may take: in the rest it can still be told what has become of it.
    public Duration work() {
      return deadline.minus(deadline.dividedBy(32));
    }
  }

  public static ApiServerSettings of(String host, int port, Tls tls) {
    return new ApiServerSettings(
        host, port, tls, Math.max(2, Runtime.getRuntime().availableProcessors()), Limits.DEFAULT);
  }

  /// Where clients find the server. With a free port only the host is known.
  String address() {
    return port == 0 ? host : host + ":" + port;
  }
}

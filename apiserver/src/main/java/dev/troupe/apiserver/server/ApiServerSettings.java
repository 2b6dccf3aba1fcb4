package dev.troupe.apiserver.server;

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
  /// @param deadline of every request that is not a stream
  /// @param idle after it a connection without a request is closed
  public record Limits(
      int bodyBytes,
      int headerBytes,
      int reads,
      int writes,
      int connections,
      Duration deadline,
      Duration idle) {

    public static final Limits DEFAULT =
        new Limits(
            3 * 1024 * 1024,
            64 * 1024,
            400,
            200,
            10_000,
            Duration.ofSeconds(60),
            Duration.ofSeconds(90));
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

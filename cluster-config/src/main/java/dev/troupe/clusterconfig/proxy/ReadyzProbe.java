package dev.troupe.clusterconfig.proxy;

import dev.troupe.runtime.failure.Failures;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLContext;

/// Asks for `/readyz` over HTTPS.
public final class ReadyzProbe implements ReadinessProbe, AutoCloseable {

  private final HttpClient http;
  private final Duration patience;

  /// @param tls trusts what the cluster's authority has issued
  /// @param patience after this whoever has not answered is silent
  public ReadyzProbe(SSLContext tls, Duration patience) {
    // With HTTP/1.1 a connection that does not answer is closed, and the next question gets
    // another.
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(tls)
            .connectTimeout(patience)
            .build();
    this.patience = patience;
  }

  @Override
  public CompletionStage<Pulse> ask(InetSocketAddress member) {
    var uri =
        URI.create("https://%s:%d/readyz".formatted(member.getHostString(), member.getPort()));
    return http.sendAsync(
            HttpRequest.newBuilder(uri).timeout(patience).build(), BodyHandlers.discarding())
        .handle((answer, failure) ->
            failure == null
                ? answer.statusCode() == 200 ? Pulse.READY : Pulse.ALIVE
                : isRefused(failure) ? Pulse.REFUSED : Pulse.SILENT);
  }

  /// A connection that takes too long to be made is an exception of the same family.
  private static boolean isRefused(Throwable failure) {
    return Failures.cause(failure).getClass().equals(ConnectException.class);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}

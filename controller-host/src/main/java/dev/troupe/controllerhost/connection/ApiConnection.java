package dev.troupe.controllerhost.connection;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The way to one API server. Credentials are the library's business: client certificates, tokens,
/// commands that make tokens, and the token of a service account, which is read again as it
/// changes.
///
/// A call that the server refuses for now (429) is made again when it wants that. No other is made
/// again: whoever made it knows better.
public final class ApiConnection implements AutoCloseable {

  private static final int TOO_MANY = 429;

  private final KubernetesClient client;
  private final HttpClient http;
  private final String server;
  private final ConnectionLimits limits;
  private final LongSupplier nanos;
  private final CallRate rate;

  private ApiConnection(KubernetesClient client, ConnectionLimits limits, LongSupplier nanos) {
    this.client = client;
    this.http = client.getHttpClient();
    this.server = client.getConfiguration().getMasterUrl().replaceAll("/+$", "");
    this.limits = limits;
    this.nanos = nanos;
    this.rate = new CallRate(limits.perSecond(), limits.burst(), nanos.getAsLong());
  }

  /// Connects to nobody yet.
  ///
  /// @param config where the server is, and who asks; changed
  /// @param nanos a clock that never goes back
  public static ApiConnection of(Config config, ConnectionLimits limits, LongSupplier nanos) {
    config.setRequestRetryBackoffLimit(0);
    // A stream that is not read on holds up no other: each has a connection of its own.
    config.setHttp2Disable(true);
    var client =
        new KubernetesClientBuilder()
            .withConfig(config)
            .withHttpClientFactory(new JdkHttpClientFactory())
            .build();
    return new ApiConnection(client, limits, nanos);
  }

  /// The address of the server.
  public String server() {
    return server;
  }

  /// @return fails with [UnreachableException] if there is no answer
  public CompletionStage<RemoteAnswer> send(RemoteCall request) {
    return send(request, nanos.getAsLong() + limits.patience().toNanos());
  }

  private CompletionStage<RemoteAnswer> send(RemoteCall request, long until) {
    return after(rate.take(nanos.getAsLong()))
        .thenCompose(_ -> once(request))
        .thenCompose(response -> {
          long pause = TimeUnit.SECONDS.toNanos(Math.max(1, response.retryAfterSeconds()));
          boolean again = response.code() == TOO_MANY && nanos.getAsLong() + pause < until;
          return again
              ? after(pause).thenCompose(_ -> send(request, until))
              : CompletableFuture.completedStage(response);
        });
  }

  private static CompletionStage<Void> after(long pause) {
    return pause == 0
        ? CompletableFuture.completedStage(null)
        : new CompletableFuture<Void>().completeOnTimeout(null, pause, TimeUnit.NANOSECONDS);
  }

  private CompletionStage<RemoteAnswer> once(RemoteCall request) {
    long millis = limits.attempt().toMillis();
    var built = builder(request).timeout(millis, TimeUnit.MILLISECONDS).build();
    return http.sendAsync(built, byte[].class)
        .copy()
        .orTimeout(millis, TimeUnit.MILLISECONDS)
        .handle((response, failure) -> {
          if (response == null) {
            throw UnreachableException.of(server, failure);
          }
          return response(response);
        });
  }

  private static RemoteAnswer response(HttpResponse<byte[]> response) {
    byte[] body = response.body();
    return new RemoteAnswer(
        response.code(),
        body == null ? new byte[0] : body,
        seconds(response.header("Retry-After")));
  }

  private static int seconds(@Nullable String header) {
    try {
      return header == null ? 0 : Integer.parseInt(header.strip());
    } catch (NumberFormatException _) {
      return 0;
    }
  }

  /// Asks for something that comes bit by bit. Nothing comes before it is pulled.
  ///
  /// @param consumer gets what comes
  public CompletableFuture<HttpResponse<AsyncBody>> stream(
      RemoteCall request, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
    return http.consumeBytes(builder(request).forStreaming().build(), consumer);
  }

  private HttpRequest.Builder builder(RemoteCall request) {
    var builder =
        http.newHttpRequestBuilder()
            .uri(server + request.path())
            .header("Accept", "application/json");
    if (!request.method().equals("GET")) {
      builder.method(request.method(), request.contentType(), request.text());
    }
    return builder;
  }

  @Override
  public void close() {
    client.close();
  }
}

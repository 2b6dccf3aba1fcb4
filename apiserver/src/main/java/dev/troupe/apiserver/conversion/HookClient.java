package dev.troupe.apiserver.conversion;

import dev.troupe.resources.conversion.ConversionHook;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.collection.Resources.OverloadedException;
import dev.troupe.runtime.failure.Failures;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Asks by HTTPS. Each is asked a few things at a time and the others wait, of whom there are only
/// so many; nobody waits longer than Kubernetes would.
public final class HookClient implements ConversionCall {

  public static final Duration DEADLINE = Duration.ofSeconds(30);

  private static final int AT_ONCE = 16;
  private static final int MOST_WAITING = 64;
  private static final int MOST_CLIENTS = 64;
  private static final int MOST_BYTES = 32 << 20;
  private static final int MOST_QUOTED = 1_024;
  private static final int OK = 200;
  private static final int REDIRECTION = 300;

  private final Vertx vertx;
  private final HookAddresses addresses;
  private final Duration deadline;

  /// By whom they trust; those that were needed last.
  private final Map<String, HttpClientAgent> clients = new LinkedHashMap<>(16, 0.75f, true);

  /// @param workers where it goes on when services have been read
  public HookClient(Vertx vertx, Resources resources, Executor workers, Duration deadline) {
    this.vertx = vertx;
    this.addresses = new HookAddresses(resources, workers);
    this.deadline = deadline;
  }

  @Override
  public CompletionStage<byte[]> post(ConversionHook hook, byte[] review) {
    var url = HookAddresses.url(hook.address());
    return addresses
        .of(hook.address())
        .thenCompose(place -> onLoop(() -> send(client(hook), place, review)).toCompletionStage())
        .handle((answer, failure) -> {
          if (failure != null) {
            throw said(url, Failures.cause(failure));
          }
          return answer;
        });
  }

  /// Those who wait must not take the place of all others.
  private static RuntimeException said(String url, Throwable failure) {
    return failure instanceof ConnectionPoolTooBusyException
        ? new OverloadedException("too many wait already for conversions by " + url)
        : HookWords.of(url, failure);
  }

  private synchronized HttpClientAgent client(ConversionHook hook) {
    var known = clients.get(hook.authorities());
    if (known != null) {
      return known;
    }
    if (clients.size() >= MOST_CLIENTS) {
      var eldest = clients.entrySet().iterator().next();
      clients.remove(eldest.getKey());
      eldest.getValue().close();
    }
    var options =
        new HttpClientOptions()
            .setSsl(true)
            .setVerifyHost(true)
            .setConnectTimeout((int) deadline.toMillis());
    if (!hook.authorities().isEmpty()) {
      options.setTrustOptions(
          new PemTrustOptions().addCertValue(Buffer.buffer(hook.authorities())));
    }
    var client =
        vertx
            .httpClientBuilder()
            .with(options)
            .with(new PoolOptions().setHttp1MaxSize(AT_ONCE).setMaxWaitQueueSize(MOST_WAITING))
            .build();
    clients.put(hook.authorities(), client);
    return client;
  }

  /// On one event loop, so that nothing of an answer comes before it is looked for.
  private <T> Future<T> onLoop(Supplier<Future<T>> work) {
    Promise<T> promise = Promise.promise();
    vertx.runOnContext(_ -> Future.succeededFuture().compose(_ -> work.get()).onComplete(promise));
    return promise.future();
  }

  private Future<byte[]> send(HttpClientAgent client, HookAddresses.Place place, byte[] review) {
    var options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setSsl(true)
            .setHost(place.host())
            .setPort(place.port())
            .setURI((place.path().isEmpty() ? "/" : place.path()) + "?timeout=30s")
            .setServer(SocketAddress.inetSocketAddress(place.serverPort(), place.server()))
            .putHeader("Content-Type", "application/json")
            .putHeader("Accept", "application/json");
    var begun = new AtomicReference<@Nullable HttpClientRequest>();
    return client
        .request(options)
        .compose(request -> {
          begun.set(request);
          return request.send(Buffer.buffer(review));
        })
        .compose(HookClient::body)
        .timeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
        .onFailure(_ -> {
          var request = begun.get();
          if (request != null) {
            request.reset();
          }
        });
  }

  private static Future<byte[]> body(HttpClientResponse response) {
    Promise<byte[]> promise = Promise.promise();
    var body = Buffer.buffer();
    response.handler(part -> {
      if (body.length() + part.length() > MOST_BYTES) {
        promise.tryFail(
            new HookFailure("the answer has more than %d MiB".formatted(MOST_BYTES >> 20)));
      } else {
        body.appendBuffer(part);
      }
    });
    response.exceptionHandler(promise::tryFail);
    response.endHandler(_ -> {
      int code = response.statusCode();
      if (code >= OK && code < REDIRECTION) {
        promise.tryComplete(body.getBytes());
      } else {
        promise.tryFail(HookWords.ofStatus(code, quoted(body)));
      }
    });
    return promise.future();
  }

  private static String quoted(Buffer body) {
    int length = Math.min(body.length(), MOST_QUOTED);
    return new String(body.getBytes(0, length), StandardCharsets.UTF_8);
  }
}

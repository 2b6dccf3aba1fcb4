package dev.troupe.benchmarks.server;

import dev.troupe.testkit.process.Api;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Executor;

/// Creates objects over HTTPS (HTTP/1.1), on one event loop.
final class ApiClient implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Context eventLoop = vertx.getOrCreateContext();
  private final HttpClient http;

  /// @param connections how many TCP connections at most; each has one request under way
  ApiClient(Path kubeconfig, int connections) {
    var server = URI.create(Api.server(kubeconfig));
    var credentials = Api.credentials(kubeconfig);
    var options =
        new HttpClientOptions()
            .setDefaultHost(server.getHost())
            .setDefaultPort(server.getPort())
            .setSsl(true)
            .setKeepAlive(true)
            .setTrustOptions(
                new PemTrustOptions().addCertValue(Buffer.buffer(credentials.authority())))
            .setKeyCertOptions(
                new PemKeyCertOptions()
                    .addCertValue(Buffer.buffer(credentials.certificate()))
                    .addKeyValue(Buffer.buffer(credentials.key())));
    http = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(connections));
  }

  /// Where requests are sent from, and answered.
  Executor eventLoop() {
    return task -> {
      if (Context.isOnEventLoopThread()) {
        task.run();
      } else {
        eventLoop.runOnContext(_ -> task.run());
      }
    };
  }

  /// Completes when the object is created.
  Future<Void> create(String path, String object) {
    return http.request(new RequestOptions().setMethod(HttpMethod.POST).setURI(path))
        .compose(request -> send(request, object))
        .compose(response -> response.end().compose(_ -> outcome(response)));
  }

  private static Future<HttpClientResponse> send(HttpClientRequest request, String object) {
    return request.putHeader("Content-Type", "application/json").send(Buffer.buffer(object));
  }

  private static Future<Void> outcome(HttpClientResponse response) {
    return response.statusCode() == 201
        ? Future.succeededFuture()
        : Future.failedFuture("a create was answered with " + response.statusCode());
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}

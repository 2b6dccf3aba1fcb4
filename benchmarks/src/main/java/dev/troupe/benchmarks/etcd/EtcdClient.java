package dev.troupe.benchmarks.etcd;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.concurrent.Executor;

/// Puts values into etcd by gRPC, on one event loop: plain HTTP/2 with the one message that is
/// needed, as a client generated for all of etcd's API would cost more of the CPU that both share.
public final class EtcdClient implements AutoCloseable {

  private static final RequestOptions PUT =
      new RequestOptions()
          .setMethod(HttpMethod.POST)
          .setURI("/etcdserverpb.KV/Put")
          .putHeader("content-type", "application/grpc")
          .putHeader("te", "trailers");

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Context eventLoop = vertx.getOrCreateContext();
  private final HttpClient http;

  /// @param connections how many TCP connections
  /// @param streams how many puts are under way on each at most
  public EtcdClient(URI server, int connections, int streams) {
    var options =
        new HttpClientOptions()
            .setDefaultHost(server.getHost())
            .setDefaultPort(server.getPort())
            .setProtocolVersion(HttpVersion.HTTP_2)
            .setHttp2ClearTextUpgrade(false)
            .setHttp2MultiplexingLimit(streams);
    http = vertx.createHttpClient(options, new PoolOptions().setHttp2MaxSize(connections));
  }

  /// Where puts are sent from, and answered.
  public Executor eventLoop() {
    return task -> {
      if (Context.isOnEventLoopThread()) {
        task.run();
      } else {
        eventLoop.runOnContext(_ -> task.run());
      }
    };
  }

  /// Stores a value. Completes when etcd has it on disk.
  public Future<Void> put(byte[] key, byte[] value) {
    return http.request(PUT)
        .compose(request -> send(request, key, value))
        .compose(response -> response.end().compose(_ -> outcome(response)));
  }

  private static Future<HttpClientResponse> send(
      HttpClientRequest request, byte[] key, byte[] value) {
    return request.send(PutMessage.framed(key, value));
  }

  /// gRPC tells its status behind the body, or instead of one.
  private static Future<Void> outcome(HttpClientResponse response) {
    var trailer = response.getTrailer("grpc-status");
    var status = trailer == null ? response.getHeader("grpc-status") : trailer;
    return "0".equals(status)
        ? Future.succeededFuture()
        : Future.failedFuture(
            "etcd refused a put: HTTP "
                + response.statusCode()
                + ", gRPC status "
                + status
                + ", "
                + response.getTrailer("grpc-message"));
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}

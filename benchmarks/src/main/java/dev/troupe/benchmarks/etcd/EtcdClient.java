package dev.troupe.benchmarks.etcd;

import dev.troupe.benchmarks.client.OneLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
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
import java.util.function.IntConsumer;

/// Speaks with etcd by gRPC, on one event loop: plain HTTP/2 with the few messages that are needed,
/// as a client generated for all of etcd's API would cost more of the CPU that both share.
public final class EtcdClient implements AutoCloseable {

  private static final RequestOptions PUT = call("KV/Put");
  private static final RequestOptions RANGE = call("KV/Range");
  private static final RequestOptions WATCH = call("Watch/Watch");

  /// Long answers shall not wait for the client.
  private static final int WINDOW = 8 << 20;

  private final OneLoop loop = new OneLoop();
  private final HttpClient http;

  /// @param connections how many TCP connections
  /// @param streams how many calls are under way on each at most
  public EtcdClient(URI server, int connections, int streams) {
    var options =
        new HttpClientOptions()
            .setDefaultHost(server.getHost())
            .setDefaultPort(server.getPort())
            .setProtocolVersion(HttpVersion.HTTP_2)
            .setHttp2ClearTextUpgrade(false)
            .setHttp2MultiplexingLimit(streams)
            .setInitialSettings(new Http2Settings().setInitialWindowSize(WINDOW))
            .setHttp2ConnectionWindowSize(2 * WINDOW);
    http = loop.client(options, new PoolOptions().setHttp2MaxSize(connections));
  }

  private static RequestOptions call(String name) {
    return new RequestOptions()
        .setMethod(HttpMethod.POST)
        .setURI("/etcdserverpb." + name)
        .putHeader("content-type", "application/grpc")
        .putHeader("te", "trailers");
  }

  /// Where calls are sent from, and answered.
  public Executor eventLoop() {
    return loop.executor();
  }

  /// Stores a value. Completes with its revision when etcd has it on disk.
  public Future<Long> put(byte[] key, byte[] value) {
    var revision = new long[1];
    return call(PUT, Messages.put(key, value))
        .compose(response -> {
          var reader = new GrpcReader(answer -> revision[0] = Messages.revision(answer));
          response.handler(reader::read).resume();
          return response.end().compose(_ -> outcome(response)).map(_ -> revision[0]);
        });
  }

  /// Reads the values from a key up to another. Completes with the bytes of the answer.
  ///
  /// @param limit 0 for all
  /// @param serializable whether an older state will do
  public Future<Long> range(byte[] from, byte[] end, long limit, boolean serializable) {
    var bytes = new long[1];
    return call(RANGE, Messages.range(from, end, limit, serializable))
        .compose(response -> {
          response.handler(piece -> bytes[0] += piece.length()).resume();
          return response.end().compose(_ -> outcome(response)).map(_ -> bytes[0]);
        });
  }

  /// Watches all keys with a prefix. Completes when the watch has begun.
  ///
  /// @param events is told how many have come
  /// @return what it can be stopped and made slow by
  public Future<HttpClientResponse> watch(byte[] prefix, IntConsumer events) {
    return loop.ask(() ->
            http.request(WATCH)
                .compose(request -> {
                  request.setChunked(true);
                  request.exceptionHandler(_ -> {}); // told of the end when the client closes
                  var response = request.response().map(HttpClientResponse::pause);
                  return request.write(Messages.watch(prefix)).compose(_ -> response);
                }))
        .compose(response -> begun(response, events));
  }

  private static Future<HttpClientResponse> begun(HttpClientResponse response, IntConsumer events) {
    Promise<HttpClientResponse> begun = Promise.promise();
    var reader =
        new GrpcReader(message -> {
          if (Messages.isCreated(message)) {
            begun.tryComplete(response);
          } else {
            events.accept(Messages.events(message));
          }
        });
    response.handler(reader::read);
    response.exceptionHandler(begun::tryFail);
    response.resume();
    return begun.future();
  }

  /// What it is answered with is paused until somebody reads it.
  private Future<HttpClientResponse> call(RequestOptions call, Buffer message) {
    return loop.ask(() ->
        http.request(call)
            .compose((HttpClientRequest request) -> request.send(message))
            .map(HttpClientResponse::pause));
  }

  /// gRPC tells its status behind the body, or instead of one.
  private static Future<Void> outcome(HttpClientResponse response) {
    var trailer = response.getTrailer("grpc-status");
    var status = trailer == null ? response.getHeader("grpc-status") : trailer;
    return "0".equals(status)
        ? Future.succeededFuture()
        : Future.failedFuture(
            "etcd refused a call: HTTP "
                + response.statusCode()
                + ", gRPC status "
                + status
                + ", "
                + response.getTrailer("grpc-message"));
  }

  @Override
  public void close() {
    loop.close();
  }
}

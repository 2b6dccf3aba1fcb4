package dev.troupe.benchmarks.client;

import dev.troupe.testkit.process.Api;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Executor;

/// Asks a server over HTTPS, on one event loop: it shares the processors with the server.
public final class ApiClient implements AutoCloseable {

  /// Of a refusal, in bytes.
  private static final int MOST_SAID = 500;

  public static final String JSON = "application/json";
  private static final String APPLY = "application/apply-patch+yaml";

  /// A stream has room for a few answers that nobody reads, and a connection for all of them.
  private static final int STREAM_WINDOW = 128 * 1024;

  private final OneLoop loop = new OneLoop();
  private final HttpClient http;

  /// HTTP/1.1.
  ///
  /// @param connections how many TCP connections at most; each has one request under way
  public ApiClient(Path kubeconfig, int connections) {
    http = loop.client(options(kubeconfig), new PoolOptions().setHttp1MaxSize(connections));
  }

  /// HTTP/2.
  ///
  /// @param streams how many requests are under way on each connection at most
  public ApiClient(Path kubeconfig, int connections, int streams) {
    var options =
        options(kubeconfig)
            .setProtocolVersion(HttpVersion.HTTP_2)
            .setUseAlpn(true)
            .setHttp2MultiplexingLimit(streams)
            .setInitialSettings(new Http2Settings().setInitialWindowSize(STREAM_WINDOW))
            .setHttp2ConnectionWindowSize(2 * STREAM_WINDOW * (streams + 1));
    http = loop.client(options, new PoolOptions().setHttp2MaxSize(connections));
  }

  private static HttpClientOptions options(Path kubeconfig) {
    var server = URI.create(Api.server(kubeconfig));
    var credentials = Api.credentials(kubeconfig);
    return new HttpClientOptions()
        .setDefaultHost(server.getHost())
        .setDefaultPort(server.getPort())
        .setSsl(true)
        .setKeepAlive(true)
        .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(credentials.authority())))
        .setKeyCertOptions(
            new PemKeyCertOptions()
                .addCertValue(Buffer.buffer(credentials.certificate()))
                .addKeyValue(Buffer.buffer(credentials.key())));
  }

  /// Where requests are sent from, and answered.
  public Executor eventLoop() {
    return loop.executor();
  }

  /// Completes when the object is created.
  public Future<Void> create(String path, String object) {
    return send(HttpMethod.POST, path, JSON, Buffer.buffer(object))
        .compose(response -> expect(response, 201))
        .compose(response -> response.resume().end());
  }

  /// Completes when the object is gone.
  public Future<Void> delete(String path) {
    return send(HttpMethod.DELETE, path, JSON, Buffer.buffer())
        .compose(response -> expect(response, 200))
        .compose(response -> response.resume().end());
  }

  /// Completes with the object as it is stored.
  public Future<ReadBody> update(String path, String object) {
    return send(HttpMethod.PUT, path, JSON, Buffer.buffer(object))
        .compose(response -> expect(response, 200))
        .compose(ReadBody::of);
  }

  /// Completes when the object is applied on the server.
  public Future<ReadBody> apply(String path, String object) {
    return send(HttpMethod.PATCH, path, JSON, APPLY, Buffer.buffer(object))
        .compose(response -> expect(response, response.statusCode() == 201 ? 201 : 200))
        .compose(ReadBody::of);
  }

  /// Reads an answer to its end.
  public Future<ReadBody> get(String path, String accept) {
    return open(path, accept).compose(ReadBody::of);
  }

  /// Begins to read an answer that may have no end. It is paused: set its handlers, and resume it.
  public Future<HttpClientResponse> open(String path, String accept) {
    return send(HttpMethod.GET, path, accept, Buffer.buffer())
        .compose(response -> expect(response, 200));
  }

  /// The answer is paused.
  private Future<HttpClientResponse> send(
      HttpMethod method, String path, String accept, Buffer body) {
    return send(method, path, accept, JSON, body);
  }

  private Future<HttpClientResponse> send(
      HttpMethod method, String path, String accept, String contentType, Buffer body) {
    var options = new RequestOptions().setMethod(method).setURI(path).putHeader("Accept", accept);
    if (body.length() > 0) {
      options.putHeader("Content-Type", contentType);
    }
    return loop.ask(() ->
        http.request(options)
            .compose(request -> request.send(body))
            .map(HttpClientResponse::pause));
  }

  private static Future<HttpClientResponse> expect(HttpClientResponse response, int code) {
    if (response.statusCode() == code) {
      return Future.succeededFuture(response);
    }
    var refused = response.request().getMethod() + " was answered with " + response.statusCode();
    var said = response.body();
    response.resume();
    return said.compose(body -> Future.failedFuture(refused + ": " + beginning(body)));
  }

  private static String beginning(Buffer body) {
    return body.getString(0, Math.min(body.length(), MOST_SAID));
  }

  @Override
  public void close() {
    loop.close();
  }
}

package dev.troupe.apiserver.wire;

import dev.troupe.apiserver.answer.Answer;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Begins a stream, over a WebSocket if the client asks for one.
public final class StreamStart {

  private static final int QUEUE_BYTES = 256 * 1024;

  private StreamStart() {}

  /// @param finished called once when the stream is over
  public static void begin(
      Vertx vertx,
      Context context,
      HttpServerRequest http,
      Answer.Streaming answer,
      Streams streams,
      Runnable finished) {
    if (http.canUpgradeToWebSocket()) {
      http.toWebSocket()
          .onSuccess(socket -> {
            socket.setWriteQueueMaxSize(QUEUE_BYTES);
            feed(vertx, context, new WebSocketWire(socket), answer, streams, finished);
          })
          .onFailure(_ -> finished.run());
      return;
    }
    var response = http.response();
    response.setStatusCode(answer.code());
    response.putHeader(HttpHeaders.CONTENT_TYPE, answer.contentType());
    response.putHeader("Cache-Control", "no-cache, private");
    for (var header : answer.headers()) {
      response.headers().add(header.name(), header.value());
    }
    response.setChunked(true);
    response.setWriteQueueMaxSize(QUEUE_BYTES);
    response.writeHead();
    feed(vertx, context, new ResponseWire(http), answer, streams, finished);
  }

  private static void feed(
      Vertx vertx,
      Context context,
      StreamSink.Wire wire,
      Answer.Streaming answer,
      Streams streams,
      Runnable finished) {
    var self = new AtomicReference<@Nullable StreamSink>();
    var sink =
        new StreamSink(
            vertx,
            context,
            wire,
            () -> {
              var stream = self.get();
              if (stream != null) {
                streams.remove(stream);
              }
              finished.run();
            });
    self.set(sink);
    streams.add(sink);
    answer.source().feed(sink);
  }
}

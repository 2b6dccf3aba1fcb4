package dev.troupe.apiserver.wire;

import dev.troupe.apiserver.answer.Answer;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/// Begins a stream, over a WebSocket if the client asks for one.
public final class StreamStart {

  private StreamStart() {}

  /// @param client who is to take what is sent
  /// @param finished called once when the stream is over
  public static void begin(
      Vertx vertx,
      Context context,
      HttpServerRequest http,
      Answer.Streaming answer,
      Streams streams,
      String client,
      Runnable finished) {
    if (http.canUpgradeToWebSocket()) {
      http.toWebSocket()
          .onSuccess(socket ->
              answer
                  .source()
                  .feed(
                      new StreamSink(
                          vertx, context, new WebSocketWire(socket), streams, client, finished)))
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
    response.writeHead();
    answer
        .source()
        .feed(new StreamSink(vertx, context, new ResponseWire(http), streams, client, finished));
  }
}

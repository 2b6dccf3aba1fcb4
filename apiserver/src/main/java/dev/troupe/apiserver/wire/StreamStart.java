package dev.troupe.apiserver.wire;

import dev.troupe.apiserver.answer.Answer;
import dev.troupe.apiserver.request.MediaType;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;

/// Begins a stream, over a WebSocket if the client asks for one.
public final class StreamStart {

  /// The first that a client names is agreed to, whatever it is: what it may name is seen to here.
  public static final String ANY_PROTOCOL = "*";

  private static final String PROTOCOLS = "Sec-WebSocket-Protocol";
  private static final String PLAIN = "binary.k8s.io";

  private StreamStart() {}

  /// Watches agree to any protocol, if it is one, as they speak none; logs have one.
  ///
  /// @return the status that refuses the WebSocket, 0 if it is not refused
  private static int refusedBy(HttpServerRequest http, Answer.Streaming answer) {
    var named = String.join(",", http.headers().getAll(PROTOCOLS));
    if (named.isBlank()) {
      return 0;
    }
    var protocols = Arrays.stream(named.split(",", -1)).map(String::strip).toList();
    if (answer.contentType().equals(MediaType.JSON)) {
      return protocols.size() == 1 ? 0 : 400;
    }
    http.headers().set(PROTOCOLS, PLAIN);
    return protocols.contains(PLAIN) ? 0 : 403;
  }

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
      int refused = refusedBy(http, answer);
      if (refused != 0) {
        http.response().setStatusCode(refused).end().onComplete(_ -> finished.run());
        return;
      }
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

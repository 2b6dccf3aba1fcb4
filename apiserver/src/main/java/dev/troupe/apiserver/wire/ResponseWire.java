package dev.troupe.apiserver.wire;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.function.LongConsumer;

/// A chunked HTTP response as the wire of a stream.
final class ResponseWire implements StreamSink.Wire {

  private static final long INTERNAL_ERROR = 2;

  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private Buffer held = Buffer.buffer();

  ResponseWire(HttpServerRequest request) {
    this.request = request;
    this.response = request.response();
  }

  @Override
  public void send(Outgoing.Piece piece, LongConsumer taken) {
    held.appendBytes(piece.frame(), piece.from(), piece.length());
    if (held.length() >= Outgoing.PIECE) {
      flush(taken);
    }
  }

  @Override
  public void flush(LongConsumer taken) {
    int length = held.length();
    if (length > 0) {
      var out = held;
      held = Buffer.buffer();
      response.write(out).onComplete(_ -> taken.accept(length));
    }
  }

  @Override
  public void onClose(Runnable callback) {
    response.closeHandler(_ -> callback.run());
    response.exceptionHandler(_ -> callback.run());
  }

  @Override
  public void end() {
    response.end();
  }

  @Override
  public void fail() {
    if (request.version() == HttpVersion.HTTP_2) {
      response.reset(INTERNAL_ERROR);
    } else {
      request.connection().close();
    }
  }
}

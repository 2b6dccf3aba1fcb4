package dev.troupe.apiserver.wire;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/// A chunked HTTP response as the wire of a stream.
final class ResponseWire implements StreamSink.Wire {

  private static final long INTERNAL_ERROR = 2;

  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final List<Outgoing.Piece> held = new ArrayList<>();
  private int length;

  ResponseWire(HttpServerRequest request) {
    this.request = request;
    this.response = request.response();
  }

  @Override
  public void send(Outgoing.Piece piece, LongConsumer taken) {
    held.add(piece);
    length += piece.length();
    if (length >= Outgoing.PIECE) {
      flush(taken);
    }
  }

  /// What is written may wait for a client that does not read: it takes no more room than it needs.
  @Override
  public void flush(LongConsumer taken) {
    int written = length;
    if (written > 0) {
      var out = Buffer.buffer(written);
      held.forEach(piece -> out.appendBytes(piece.frame(), piece.from(), piece.length()));
      held.clear();
      length = 0;
      response.write(out).onComplete(_ -> taken.accept(written));
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

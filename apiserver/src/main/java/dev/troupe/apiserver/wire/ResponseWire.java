package dev.troupe.apiserver.wire;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;

/// A chunked HTTP response as the wire of a stream.
final class ResponseWire implements StreamSink.Wire {

  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private Buffer held = Buffer.buffer();

  ResponseWire(HttpServerRequest request) {
    this.request = request;
    this.response = request.response();
  }

  @Override
  public void send(byte[] frame) {
    held.appendBytes(frame);
  }

  @Override
  public void flush() {
    if (held.length() > 0) {
      var out = held;
      held = Buffer.buffer();
      response.write(out);
    }
  }

  @Override
  public boolean full() {
    return response.writeQueueFull();
  }

  @Override
  public void onDrain(Runnable callback) {
    response.drainHandler(_ -> callback.run());
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
      response.reset(2);
    } else {
      request.connection().close();
    }
  }
}

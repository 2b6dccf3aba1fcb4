package dev.troupe.apiserver.wire;

import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;

/// A WebSocket as the wire of a stream: every frame is a text message.
final class WebSocketWire implements StreamSink.Wire {

  private static final short SERVER_ERROR = 1011;

  private final ServerWebSocket socket;

  WebSocketWire(ServerWebSocket socket) {
    this.socket = socket;
  }

  @Override
  public void send(byte[] frame) {
    socket.writeTextMessage(new String(frame, StandardCharsets.UTF_8));
  }

  @Override
  public void flush() {
    // messages go out as they are sent
  }

  @Override
  public boolean full() {
    return socket.writeQueueFull();
  }

  @Override
  public void onDrain(Runnable callback) {
    socket.drainHandler(_ -> callback.run());
  }

  @Override
  public void onClose(Runnable callback) {
    socket.closeHandler(_ -> callback.run());
    socket.exceptionHandler(_ -> callback.run());
  }

  @Override
  public void end() {
    socket.close();
  }

  @Override
  public void fail() {
    socket.close(SERVER_ERROR);
  }
}

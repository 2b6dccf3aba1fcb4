package dev.troupe.apiserver.wire;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;

/// A WebSocket as the wire of a stream: every frame is a text message.
final class WebSocketWire implements StreamSink.Wire {

  private static final short SERVER_ERROR = 1011;

  private final ServerWebSocket socket;

  WebSocketWire(ServerWebSocket socket) {
    this.socket = socket;
  }

  @Override
  public void send(Outgoing.Piece piece, LongConsumer taken) {
    int length = piece.length();
    socket.writeFrame(frame(piece)).onComplete(_ -> taken.accept(length));
  }

  private WebSocketFrame frame(Outgoing.Piece piece) {
    if (piece.isFirst() && piece.isLast()) {
      return WebSocketFrame.textFrame(new String(piece.frame(), StandardCharsets.UTF_8), true);
    }
    if (piece.isFirst()) {
      // Pieces are cut anywhere, also inside of a character, which continuations may be.
      socket.writeFrame(WebSocketFrame.textFrame("", false));
    }
    var part =
        Buffer.buffer(piece.length()).appendBytes(piece.frame(), piece.from(), piece.length());
    return WebSocketFrame.continuationFrame(part, piece.isLast());
  }

  @Override
  public void flush(LongConsumer taken) {
    // messages go out as they are sent
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

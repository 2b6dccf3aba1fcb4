package dev.troupe.apiserver.wire;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;

/// One answer on its way to a client: whether it is taken, and what happens if it is not. Lives on
/// the event loop of its connection.
public final class Delivery {

  private static final long CANCEL = 8;

  private final HttpServerRequest http;
  private final Runnable over;
  private final long began = System.nanoTime();
  private long moved = began;
  private boolean ended;
  private Runnable broken = () -> {};

  /// @param over called once when the answer has been taken or broken off
  Delivery(HttpServerRequest http, Runnable over) {
    this.http = http;
    this.over = over;
  }

  /// Whether the client has taken nothing for as long as that.
  public boolean stalled(long now, long nanos) {
    return !ended && now - moved > nanos;
  }

  /// Whether nothing more is to be sent.
  public boolean ended() {
    return ended;
  }

  /// Breaks the answer off, so that the client can see that something is missing.
  public void cut() {
    if (ended) {
      return;
    }
    if (http.version() == HttpVersion.HTTP_2) {
      http.response().reset(CANCEL);
    } else {
      http.connection().close();
    }
    end();
  }

  /// The connection or its stream is gone.
  public void lost() {
    end();
  }

  HttpServerResponse response() {
    return http.response();
  }

  /// @param callback called once if the answer ends before its body does
  void onBroken(Runnable callback) {
    broken = callback;
    if (ended) {
      callback.run();
    }
  }

  /// Sends a piece of the body; the future completes when the client has room for it.
  Future<Void> send(Buffer piece) {
    return response()
        .write(piece)
        .onComplete(sent -> {
          if (sent.succeeded()) {
            moved = System.nanoTime();
          } else {
            end();
          }
        });
  }

  /// Sends the last piece, or the only one.
  Future<Void> last(Buffer piece) {
    broken = () -> {};
    var written = piece.length() == 0 ? response().end() : response().end(piece);
    return written.onComplete(_ -> end());
  }

  private void end() {
    if (!ended) {
      ended = true;
      broken.run();
      over.run();
    }
  }
}

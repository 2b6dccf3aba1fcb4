package dev.troupe.apiserver.wire;

import dev.troupe.apiserver.answer.Sink;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;

/// A stream over one HTTP response or WebSocket. Lives on the event loop of its connection.
final class StreamSink implements Sink {

  /// What differs between an HTTP response and a WebSocket.
  interface Wire {

    void send(byte[] frame);

    void flush();

    boolean full();

    void onDrain(Runnable callback);

    void onClose(Runnable callback);

    void end();

    void fail();
  }

  private final Vertx vertx;
  private final Executor thread;
  private final Wire wire;
  private final Set<Long> timers = new HashSet<>();
  private final Runnable ended;
  private Runnable closed = () -> {};
  private boolean over;

  /// @param ended called once when the stream is over
  StreamSink(Vertx vertx, Context context, Wire wire, Runnable ended) {
    this.vertx = vertx;
    this.thread = work -> context.runOnContext(_ -> work.run());
    this.wire = wire;
    this.ended = ended;
    wire.onClose(() -> {
      if (finish()) {
        closed.run();
      }
    });
  }

  @Override
  public Executor thread() {
    return thread;
  }

  @Override
  public void send(byte[] frame) {
    if (!over) {
      wire.send(frame);
    }
  }

  @Override
  public void flush() {
    if (!over) {
      wire.flush();
    }
  }

  @Override
  public boolean full() {
    return !over && wire.full();
  }

  @Override
  public void onDrain(Runnable callback) {
    wire.onDrain(callback);
  }

  @Override
  public void onClose(Runnable callback) {
    closed = callback;
  }

  @Override
  public void end() {
    if (finish()) {
      wire.flush();
      wire.end();
    }
  }

  @Override
  public void fail() {
    if (finish()) {
      wire.fail();
    }
  }

  /// Ends the stream from outside, because the server stops.
  void stop() {
    if (!over) {
      end();
      closed.run();
    }
  }

  @Override
  public void after(Duration delay, Runnable callback) {
    if (over) {
      return;
    }
    long id =
        vertx.setTimer(
            Math.max(1, delay.toMillis()),
            fired -> {
              timers.remove(fired);
              if (!over) {
                callback.run();
              }
            });
    timers.add(id);
  }

  private boolean finish() {
    if (over) {
      return false;
    }
    over = true;
    timers.forEach(vertx::cancelTimer);
    timers.clear();
    ended.run();
    return true;
  }
}

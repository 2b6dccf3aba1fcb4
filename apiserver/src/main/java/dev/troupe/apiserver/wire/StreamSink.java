package dev.troupe.apiserver.wire;

import dev.troupe.apiserver.answer.Sink;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;

/// A stream over one HTTP response or WebSocket. Lives on the event loop of its connection. A
/// client that takes nothing for long is cut off.
final class StreamSink implements Sink {

  /// How long a client may take nothing of what waits for it.
  static final Duration PATIENCE = Duration.ofSeconds(60);

  /// What differs between an HTTP response and a WebSocket.
  interface Wire {

    /// @param taken is told how many bytes the client has taken
    void send(Outgoing.Piece piece, LongConsumer taken);

    void flush(LongConsumer taken);

    void onClose(Runnable callback);

    void end();

    void fail();
  }

  private final Vertx vertx;
  private final Executor thread;
  private final Wire wire;
  private final Streams streams;
  private final String client;
  private final Runnable ended;
  private final Outgoing outgoing = new Outgoing();
  private final LongConsumer taken = this::taken;
  private final Set<Long> timers = new HashSet<>();
  private Runnable closed = () -> {};
  private Runnable drained = () -> {};
  private boolean pumping;
  private boolean waiting;
  private boolean watched;
  private boolean ending;
  private boolean over;

  /// @param client what it waits for is counted together with what its other streams wait for
  /// @param ended called once when the stream is over
  StreamSink(
      Vertx vertx, Context context, Wire wire, Streams streams, String client, Runnable ended) {
    this.vertx = vertx;
    this.thread = work -> context.runOnContext(_ -> work.run());
    this.wire = wire;
    this.streams = streams;
    this.client = client;
    this.ended = ended;
    streams.add(this);
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
    if (!over && !ending) {
      outgoing.add(frame);
    }
  }

  @Override
  public void flush() {
    if (over || pumping) {
      return;
    }
    pumping = true;
    do {
      while (outgoing.hasNext()) {
        wire.send(outgoing.next(), taken);
      }
      wire.flush(taken);
    } while (outgoing.hasNext());
    pumping = false;
    if (ending && outgoing.isEmpty()) {
      finish();
      wire.end();
    } else if (outgoing.isFull() && !waiting) {
      await();
    }
  }

  private void taken(long bytes) {
    outgoing.taken(bytes);
    if (over || pumping || !waiting) {
      return;
    }
    waiting = false;
    flush();
    if (!waiting) {
      streams.untaken().remove(this);
      drained.run();
    }
  }

  /// Waits until the client takes something.
  private void await() {
    waiting = true;
    streams
        .untaken()
        .add(this, client, outgoing.handed(), outgoing.frames())
        .forEach(StreamSink::cutOffSoon);
    if (!watched) {
      watchProgress();
    }
  }

  private void watchProgress() {
    watched = true;
    long before = outgoing.taken();
    after(
        PATIENCE,
        () -> {
          watched = false;
          if (waiting && outgoing.taken() == before) {
            cutOff();
          } else if (waiting) {
            watchProgress();
          }
        });
  }

  private void cutOffSoon() {
    thread.execute(this::cutOff);
  }

  private void cutOff() {
    if (!over) {
      streams.cutOff(client);
      fail();
      closed.run();
    }
  }

  @Override
  public boolean full() {
    return !over && outgoing.isFull();
  }

  @Override
  public long taken() {
    return outgoing.taken();
  }

  @Override
  public void onDrain(Runnable callback) {
    drained = callback;
  }

  @Override
  public void onClose(Runnable callback) {
    closed = callback;
  }

  @Override
  public void end() {
    if (!over && !ending) {
      ending = true;
      drained = () -> {};
      flush();
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
    outgoing.clear();
    streams.remove(this);
    ended.run();
    return true;
  }
}

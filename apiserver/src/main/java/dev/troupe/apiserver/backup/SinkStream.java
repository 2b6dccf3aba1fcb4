package dev.troupe.apiserver.backup;

import dev.troupe.apiserver.answer.Sink;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Lets a thread that may block write to a stream: it waits while the client is slow.
final class SinkStream extends OutputStream {

  /// A client that takes nothing for so long is given up.
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Sink sink;
  private final CompletableFuture<Boolean> gone = new CompletableFuture<>();

  SinkStream(Sink sink) {
    this.sink = sink;
  }

  /// The client has gone: whoever writes is told.
  @Override
  public void close() {
    gone.complete(true);
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    var frame = Arrays.copyOfRange(bytes, from, from + length);
    var taken = new CompletableFuture<Boolean>();
    sink.thread().execute(() -> send(frame, taken));
    await(taken);
  }

  private void send(byte[] frame, CompletableFuture<Boolean> taken) {
    sink.send(frame);
    sink.flush();
    if (sink.full()) {
      sink.onDrain(() -> taken.complete(true));
    } else {
      taken.complete(true);
    }
  }

  private void await(CompletableFuture<Boolean> taken) throws IOException {
    try {
      CompletableFuture.anyOf(taken, gone).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException slow) {
      throw new IOException("the client has taken nothing for " + PATIENCE, slow);
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the client was waited for");
    }
    if (gone.isDone()) {
      throw new IOException("the client has gone");
    }
  }
}

package dev.troupe.apiserver.backup;

import dev.troupe.apiserver.answer.Answer;
import dev.troupe.apiserver.answer.Sink;
import dev.troupe.apiserver.status.RefusedException;
import dev.troupe.resources.mutation.Refusal;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `/troupe/backup`: the bytes of a backup, made while they are sent. One at a time.
///
/// A stream that ends early has no end of a backup in it, by which whoever reads it knows.
public final class BackupAnswer {

  public static final String PATH = "/troupe/backup";

  private static final Logger LOG = LoggerFactory.getLogger(BackupAnswer.class);
  private static final int FRAME = 1 << 16;

  private final BackupSource source;
  private final AtomicBoolean running = new AtomicBoolean();

  public BackupAnswer(BackupSource source) {
    this.source = source;
  }

  /// @throws RefusedException with 429 while another backup is made
  public Answer begin() {
    if (!running.compareAndSet(false, true)) {
      throw new RefusedException(
          Refusal.tooManyRequests("a backup is being made already, try again when it is done", 10));
    }
    return new Answer.Streaming("application/octet-stream", this::feed);
  }

  private void feed(Sink sink) {
    var stream = new SinkStream(sink);
    sink.onClose(stream::close);
    Thread.ofVirtual().name("backup").start(() -> send(sink, stream));
  }

  private void send(Sink sink, SinkStream stream) {
    try {
      var buffered = new BufferedOutputStream(stream, FRAME);
      source.writeTo(buffered);
      buffered.flush();
      sink.thread().execute(sink::end);
    } catch (IOException | RuntimeException failure) {
      LOG.warn("the backup broke off", failure);
      sink.thread().execute(sink::fail);
    } finally {
      running.set(false);
    }
  }
}

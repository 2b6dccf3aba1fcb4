package dev.troupe.persistence.embedded;

import java.io.IOException;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes a [Checkpoint] now and then, so that a start reads a bounded part of a long log.
final class Checkpoints {

  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

  private final DataDirectory directory;
  private final Log log;
  private final Recovered folds;
  private final EmbeddedSettings settings;
  private final Executor background;
  private long last;

  /// @param folds ledger and index, which the writer changes
  Checkpoints(
      DataDirectory directory,
      Log log,
      Recovered folds,
      EmbeddedSettings settings,
      Executor background) {
    this.directory = directory;
    this.log = log;
    this.folds = folds;
    this.settings = settings;
    this.background = background;
    last = folds.checkpointed();
  }

  /// Called by the writer when the index reflects all of the log: copies here, writes later.
  void offer() {
    if (isWorthwhile()) {
      var checkpoint = checkpoint();
      last = checkpoint.segment();
      background.execute(() -> write(checkpoint));
    }
  }

  private boolean isWorthwhile() {
    long behind = (log.activeSegment() - last) * settings.segmentBytes();
    return isLong() && behind > settings.replayBytes() / 2;
  }

  /// Whether a start would not read the whole log anyway.
  private boolean isLong() {
    long segments = log.activeSegment() - log.firstSegment() + 1;
    return segments * settings.segmentBytes() > settings.replayBytes();
  }

  private Checkpoint checkpoint() {
    return new Checkpoint(
        log.activeSegment(),
        log.place().offset(),
        log.sequence(),
        log.firstSegment(),
        folds.ledger().states(),
        folds.index().copy());
  }

  private void write(Checkpoint checkpoint) {
    try {
      directory.reached(Moment.INDEX_FLUSH);
      checkpoint.write(directory);
      directory.reached(Moment.INDEX_FLUSHED);
    } catch (IOException | RuntimeException failure) {
      LOG.warn("no checkpoint of the event store in {}", directory.path(), failure);
    }
  }

  /// The last one, when the writer has stopped. Written behind those that are being written.
  void close() {
    if (isLong()) {
      var checkpoint = checkpoint();
      background.execute(() -> write(checkpoint));
    }
  }
}

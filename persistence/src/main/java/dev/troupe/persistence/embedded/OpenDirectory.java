package dev.troupe.persistence.embedded;

import dev.troupe.persistence.embedded.commit.Commit;
import dev.troupe.persistence.embedded.commit.Staging;
import dev.troupe.persistence.embedded.files.FileAccess;
import dev.troupe.persistence.embedded.files.StoreDirectory;
import dev.troupe.persistence.embedded.index.EventIndex;
import dev.troupe.persistence.embedded.log.EventReader;
import dev.troupe.persistence.embedded.log.SegmentLog;
import dev.troupe.persistence.embedded.retention.Retainer;
import dev.troupe.persistence.format.LogEntry.Pruned;
import dev.troupe.persistence.format.LogEntry.Removed;
import dev.troupe.runtime.store.EventStore.Retention;
import dev.troupe.runtime.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// An open directory with its log, index and threads: one writer, a few readers, and one for what
/// has time.
final class OpenDirectory implements AutoCloseable {

  private static final int READERS = 4;
  private static final int WAITING_READS = 4_096;

  private final StoreDirectory directory;
  private final Recovered recovered;
  private final SegmentLog log;
  private final WriterQueue queue;
  private final ExecutorService background;
  private final ExecutorService readers;
  private final InstantSource clock;
  private final AtomicBoolean released = new AtomicBoolean();
  private final Thread writer;

  static OpenDirectory start(
      Path path,
      EmbeddedSettings settings,
      InstantSource clock,
      Consumer<StoreException> ended,
      FileAccess files)
      throws IOException {
    var directory = StoreDirectory.take(path, files);
    try {
      return start(directory, Recovered.from(directory, settings), settings, clock, ended);
    } catch (IOException | RuntimeException failure) {
      directory.close();
      throw failure;
    }
  }

  private static OpenDirectory start(
      StoreDirectory directory,
      Recovered recovered,
      EmbeddedSettings settings,
      InstantSource clock,
      Consumer<StoreException> ended)
      throws IOException {
    try {
      return new OpenDirectory(directory, recovered, settings, clock, ended);
    } catch (IOException | RuntimeException failure) {
      recovered.flusher().close();
      throw failure;
    }
  }

  private OpenDirectory(
      StoreDirectory directory,
      Recovered recovered,
      EmbeddedSettings settings,
      InstantSource clock,
      Consumer<StoreException> ended)
      throws IOException {
    this.directory = directory;
    this.recovered = recovered;
    this.clock = clock;
    background = Executors.newSingleThreadExecutor(daemon("store-background"));
    readers = readerPool();
    queue = new WriterQueue(settings.maxWaiting());
    log =
        new SegmentLog(
            directory, settings.segmentBytes(), background, recovered.segments(), recovered.end());
    var ledger = recovered.ledger();
    var flusher = recovered.flusher();
    var staging = new Staging(ledger, recovered.index());
    var commit =
        new Commit(
            log,
            staging,
            settings.commitBytes(),
            (place, sequence, length) -> flusher.follow(place, sequence, length, ledger));
    var retainer = new Retainer(log, ledger, recovered.index(), flusher);
    writer =
        daemon("store-writer")
            .newThread(
                new LogWriter(
                    queue,
                    ledger,
                    recovered.index(),
                    staging,
                    commit,
                    retainer,
                    new Archivist(log, ledger, recovered.index()),
                    ended));
    writer.start();
  }

  private static java.util.concurrent.ThreadFactory daemon(String name) {
    return Thread.ofPlatform().daemon().name(name).factory();
  }

  private static ExecutorService readerPool() {
    var pool =
        new ThreadPoolExecutor(
            READERS,
            READERS,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING_READS),
            daemon("store-reader"));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /// Hands a command to the writer, or fails it at once.
  void ask(WriterTask command) {
    queue.add(command);
  }

  /// Why nothing can be read; null if it can.
  @Nullable StoreException refusal() {
    return queue.end();
  }

  EventReader reader() {
    return new EventReader(log);
  }

  /// Gives back the memory that reading the log took.
  void unloadLog() {
    log.release();
  }

  Optional<String> trouble() {
    return log.trouble();
  }

  long commits() {
    return log.commits();
  }

  EventIndex index() {
    return recovered.index();
  }

  /// What retention removes now.
  List<Removed> removable(Retention retention) {
    var removable = new ArrayList<Removed>();
    for (var state : index().states()) {
      var rule = retention.of(state.collection());
      removable.add(
          index()
              .removable(
                  new Pruned(
                      state.collection(),
                      clock.millis(),
                      rule.age().toMillis(),
                      rule.perResource())));
    }
    return removable;
  }

  ExecutorService readers() {
    return readers;
  }

  /// Lets other readers help this one with some work. See [SharedWork#run].
  void share(int parts, IntConsumer work) {
    int helpers = Math.min(READERS, Runtime.getRuntime().availableProcessors()) - 1;
    SharedWork.run(parts, work, helpers, readers);
  }

  @Override
  public void close() {
    var stop = new CompletableFuture<Boolean>();
    var reason = new StoreException("the event store in " + directory.path() + " is closed");
    if (queue.endWith(new WriterTask.Stop(stop), reason)) {
      stop.exceptionally(_ -> false).join();
    }
    if (!released.getAndSet(true)) {
      release();
    }
  }

  private void release() {
    try {
      writer.join();
      background.shutdown();
      background.awaitTermination(1, TimeUnit.MINUTES);
      readers.shutdown();
      if (readers.awaitTermination(10, TimeUnit.SECONDS)) {
        recovered.flusher().close(recovered.ledger());
      }
      log.close();
      directory.close();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}

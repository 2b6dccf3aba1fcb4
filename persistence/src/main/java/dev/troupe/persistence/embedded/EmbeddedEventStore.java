package dev.troupe.persistence.embedded;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.persistence.backup.Archivable;
import dev.troupe.persistence.embedded.files.DiskFiles;
import dev.troupe.persistence.embedded.files.FileAccess;
import dev.troupe.persistence.embedded.tables.RocksLibrary;
import dev.troupe.persistence.format.ArchivedEntry;
import dev.troupe.runtime.failure.Failures;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The durable event store of a single member, in one directory: a log of segments, synced once for
/// all that waits, and an index that is derived from it.
public final class EmbeddedEventStore implements EventStore, Archivable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedEventStore.class);

  /// So many entries are restored with one command.
  private static final int PART = 512;

  /// So many events of a scan are read by one thread.
  private static final int SCANNED_TOGETHER = 1_024;

  private final OpenDirectory engine;

  private EmbeddedEventStore(OpenDirectory engine) {
    this.engine = engine;
  }

  /// Opens the store in a directory, which is made if it is not there.
  ///
  /// @param clock tells [#prune] how old an event is
  /// @param ended called once if the log cannot be written any more: everything is refused from
  ///   then on, and the process should end
  /// @throws StoreException if the directory is another's, in use, of a newer format or damaged;
  ///   says what to do
  public static EmbeddedEventStore open(
      Path directory,
      EmbeddedSettings settings,
      InstantSource clock,
      Consumer<StoreException> ended) {
    return open(directory, settings, clock, ended, new DiskFiles());
  }

  /// Does what takes a while and needs no directory, so that [#open] need not do it.
  public static void prepare() {
    try {
      RocksLibrary.load();
    } catch (StoreException failure) {
      LOG.debug("left to whoever opens a store", failure);
    }
  }

  static EmbeddedEventStore open(
      Path directory,
      EmbeddedSettings settings,
      InstantSource clock,
      Consumer<StoreException> ended,
      FileAccess files) {
    try {
      return new EmbeddedEventStore(OpenDirectory.start(directory, settings, clock, ended, files));
    } catch (IOException failure) {
      throw new StoreException(
          "the event store in " + directory + " cannot be opened: " + failure, failure);
    }
  }

  @Override
  public CompletionStage<Opened> open(PartitionId partition) {
    return ask(answer -> new WriterTask.Open(partition, answer));
  }

  @Override
  public CompletionStage<Void> close(PartitionId partition, long epoch, boolean served) {
    return done(answer -> new WriterTask.Close(partition, epoch, served, answer));
  }

  @Override
  public CompletionStage<List<Outcome>> append(List<Group> groups) {
    return ask(answer -> new WriterTask.Append(groups, answer));
  }

  @Override
  public CompletionStage<Integer> partitions(TypeRef collection, int wanted) {
    return ask(answer -> new WriterTask.FixPartitions(collection, wanted, answer));
  }

  @Override
  public CompletionStage<Void> prune(Retention retention) {
    return read(() -> engine.removable(retention))
        .thenCompose(removable -> done(answer -> new WriterTask.Prune(removable, answer)));
  }

  @Override
  public Optional<String> trouble() {
    return engine.trouble();
  }

  private <T> CompletionStage<T> ask(Function<CompletableFuture<T>, WriterTask> command) {
    var answer = new CompletableFuture<T>();
    engine.ask(command.apply(answer));
    return answer;
  }

  private CompletionStage<Void> done(Function<CompletableFuture<Boolean>, WriterTask> command) {
    return ask(command).thenAccept(_ -> {});
  }

  @Override
  public CompletionStage<Long> scan(
      PartitionId partition, long atVersion, Consumer<EventRecord> each) {
    return read(() -> {
      var reader = engine.reader();
      var pointers = engine.index().latest(partition, atVersion);
      engine.share(
          Math.ceilDiv(pointers.size(), SCANNED_TOGETHER),
          part -> reader.read(pointers, part * SCANNED_TOGETHER, SCANNED_TOGETHER, each));
      if (pointers.size() > SCANNED_TOGETHER) {
        engine.unloadLog(); // what has been read at a start would look like memory that is needed
      }
      return (long) pointers.size();
    });
  }

  @Override
  public CompletionStage<Tail> tail(TypeRef collection, long after, Most most) {
    return read(() -> {
      var reader = engine.reader();
      var pointers = engine.index().tail(collection, after, most.events());
      // Read after the pointers: if the horizon has moved above `after` since, they may have a
      // gap.
      long horizon = engine.index().state(collection).horizon();
      return after < horizon
          ? Tail.empty(horizon)
          : Tail.of(reader.iterate(pointers), horizon, most);
    });
  }

  @Override
  public CompletionStage<List<EventRecord>> history(ResourceKey key, Most most) {
    return read(() -> {
      var pointers = engine.index().history(key, most.events());
      return Tail.of(engine.reader().iterate(pointers), 0, most).events();
    });
  }

  @Override
  public CompletionStage<Long> copy(Consumer<ArchivedEntry> each) {
    return this.<LogCopy>ask(WriterTask.Copy::new)
        .thenCompose(copy -> read(() -> copy.copy(engine.index(), each)));
  }

  /// Returns when all of it has been taken.
  @Override
  public CompletionStage<Long> restore(Iterator<ArchivedEntry> entries) {
    long count = 0;
    try {
      do {
        var part = new ArrayList<ArchivedEntry>(PART);
        while (part.size() < PART && entries.hasNext()) {
          part.add(entries.next());
        }
        boolean first = count == 0;
        this.<Boolean>ask(answer -> new WriterTask.Restore(first, part, answer))
            .toCompletableFuture()
            .join();
        count += part.size();
      } while (entries.hasNext());
      return CompletableFuture.completedFuture(count);
    } catch (CompletionException refused) {
      return CompletableFuture.failedFuture(Failures.cause(refused));
    } catch (RuntimeException unreadable) {
      return CompletableFuture.failedFuture(unreadable);
    }
  }

  private <T> CompletionStage<T> read(Supplier<T> question) {
    var refusal = engine.refusal();
    if (refusal != null) {
      return CompletableFuture.failedFuture(refusal);
    }
    var answer = new CompletableFuture<T>();
    try {
      engine.readers().execute(() -> read(question, answer));
    } catch (RejectedExecutionException overloaded) {
      answer.completeExceptionally(
          new StoreException("the event store is overloaded with reads", overloaded));
    }
    return answer;
  }

  private static <T> void read(Supplier<T> question, CompletableFuture<T> answer) {
    try {
      answer.complete(question.get());
    } catch (RuntimeException | InternalError failure) {
      // The latter is what a mapped file throws if the disk cannot be read.
      answer.completeExceptionally(
          failure instanceof StoreException || failure instanceof UncheckedIOException
              ? failure
              : new StoreException("the event store cannot be read: " + failure, failure));
    }
  }

  /// How many commits, each with one sync, the log has had since it was created.
  public long commits() {
    return engine.commits();
  }

  /// Stores what was appended before, and lets the directory go.
  @Override
  public void close() {
    engine.close();
  }
}

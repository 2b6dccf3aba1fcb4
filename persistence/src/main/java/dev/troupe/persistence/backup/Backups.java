package dev.troupe.persistence.backup;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.persistence.format.ArchivedEntry;
import dev.troupe.persistence.format.LogEntry.CollectionState;
import dev.troupe.runtime.failure.Failures;
import dev.troupe.runtime.store.StoreException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Backs stores up and restores them, for threads that may block.
public final class Backups {

  private Backups() {}

  /// Writes everything that the store keeps.
  ///
  /// @param out is buffered by the caller
  /// @return how many entries were written
  public static long write(Archivable store, OutputStream out) throws IOException {
    var writer = new BackupWriter(out);
    try {
      long entries = join(store.copy(entry -> write(writer, entry)));
      writer.finish();
      return entries;
    } catch (UncheckedIOException failure) {
      throw failure.getCause();
    }
  }

  /// The collections of which something is or was stored.
  public static Set<TypeRef> collections(Archivable store) {
    Set<TypeRef> found = ConcurrentHashMap.newKeySet();
    join(
        store.copy(entry -> {
          if (entry instanceof CollectionState state) {
            found.add(state.collection());
          }
        }));
    return Set.copyOf(found);
  }

  private static void write(BackupWriter writer, ArchivedEntry entry) {
    try {
      writer.write(entry);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// Fills an empty store as a new incarnation.
  ///
  /// @return how many entries were restored
  /// @throws StoreException if the store is not empty, or the backup is damaged: the store must not
  ///   be used then
  public static long restore(BackupReader backup, Archivable store, NewIncarnation incarnation) {
    return join(store.restore(stream(backup).map(incarnation::adapt).iterator()));
  }

  /// Fills an empty store with what becomes of a backup.
  ///
  /// @return how many entries it holds
  /// @throws StoreException as for [#restore]
  public static long restore(BackupReader backup, Archivable store, Repartition repartition) {
    return join(store.restore(repartition.adapt(stream(backup)).iterator()));
  }

  /// Puts what becomes of a backup in place of everything that a store holds.
  ///
  /// @return how many entries it holds
  /// @throws StoreException if the backup is damaged: nothing has changed then
  public static long replace(BackupReader backup, Replaceable store, Repartition repartition) {
    return join(store.replace(repartition.adapt(stream(backup)).iterator()));
  }

  private static Stream<ArchivedEntry> stream(BackupReader backup) {
    Iterable<ArchivedEntry> entries = () -> backup;
    return StreamSupport.stream(entries.spliterator(), false);
  }

  private static <T> T join(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException failed) {
      throw Failures.unchecked(failed);
    }
  }
}

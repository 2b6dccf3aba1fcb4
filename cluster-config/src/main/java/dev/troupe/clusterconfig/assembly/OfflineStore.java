package dev.troupe.clusterconfig.assembly;

import dev.troupe.clusterconfig.engine.OpenStore;
import dev.troupe.clusterconfig.engine.StoreLocation;
import dev.troupe.clusterconfig.engine.StoreOpening;
import dev.troupe.persistence.backup.BackupReader;
import dev.troupe.persistence.backup.Backups;
import dev.troupe.persistence.backup.NewIncarnation;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.stream.Stream;

/// The store of a data directory on which no member runs, or a database that nobody uses.
public final class OfflineStore {

  static final String NAME = "store";
  private static final String UNFINISHED = "store.restoring";

  private final Path data;
  private final StoreLocation location;
  private final InstantSource clock;

  public OfflineStore(Path data, StoreLocation location, InstantSource clock) {
    this.data = data;
    this.location = location;
    this.clock = clock;
  }

  /// Whether there is one in the data directory. An empty directory is none.
  public boolean exists() throws IOException {
    var store = data.resolve(NAME);
    if (!Files.exists(store)) {
      return false;
    }
    try (Stream<Path> files = Files.list(store)) {
      return files.findAny().isPresent();
    }
  }

  /// @return how many entries were written
  /// @throws dev.troupe.runtime.store.StoreException if the store is damaged
  public long backup(OutputStream out) throws IOException {
    try (var store = open(data.resolve(NAME))) {
      return Backups.write(store.archive(), out);
    }
  }

  /// Makes the store of a backup, or fills the database; all of it or nothing.
  ///
  /// @return how many entries were restored
  /// @throws dev.troupe.runtime.store.StoreException if the backup is damaged
  public long restore(BackupReader backup) throws IOException {
    if (!location.isBelowData()) {
      try (var store = open(data)) {
        return Backups.restore(backup, store.archive(), NewIncarnation.at(clock.millis()));
      }
    }
    return restoreIntoDirectory(backup);
  }

  private long restoreIntoDirectory(BackupReader backup) throws IOException {
    var unfinished = data.resolve(UNFINISHED);
    delete(unfinished);
    long entries;
    try (var store = open(unfinished)) {
      entries = Backups.restore(backup, store.archive(), NewIncarnation.at(clock.millis()));
    } catch (RuntimeException failure) {
      delete(unfinished);
      throw failure;
    }
    Files.deleteIfExists(data.resolve(NAME));
    Files.move(unfinished, data.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
    try (var directory = FileChannel.open(data, StandardOpenOption.READ)) {
      directory.force(true);
    }
    return entries;
  }

  private OpenStore open(Path directory) {
    return location.open(new StoreOpening(directory, MemberConfig.complete(), clock, _ -> {}));
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}

package dev.troupe.clusterconfig.assembly;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.clusterconfig.certificates.PrivateFile;
import dev.troupe.clusterconfig.engine.OpenStore;
import dev.troupe.clusterconfig.engine.StoreLocation;
import dev.troupe.clusterconfig.engine.StoreOpening;
import dev.troupe.persistence.backup.Archivable;
import dev.troupe.persistence.backup.BackupReader;
import dev.troupe.persistence.backup.Backups;
import dev.troupe.persistence.backup.NewIncarnation;
import dev.troupe.persistence.backup.Repartition;
import dev.troupe.persistence.backup.Replaceable;
import dev.troupe.runtime.collection.Placement;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// The store of a data directory on which no member runs, or a database that nobody uses.
public final class OfflineStore {

  static final String NAME = "store";
  private static final String UNFINISHED = "store.restoring";
  private static final String BEFORE = "store.before";
  private static final String COPY = "store.copy";

  private final Path data;
  private final StoreLocation location;
  private final InstantSource clock;
  private final Config access;

  public OfflineStore(Path data, StoreLocation location, InstantSource clock) {
    this(data, location, clock, ConfigFactory.empty());
  }

  /// @param access how a database is reached, where the environment does not say that
  public OfflineStore(Path data, StoreLocation location, InstantSource clock, Config access) {
    this.data = data;
    this.location = location;
    this.clock = clock;
    this.access = access;
  }

  /// Whether there is one in the data directory. An empty directory is none.
  public boolean exists() throws IOException {
    var store = data.resolve(NAME);
    if (!Files.exists(store)) {
      return Files.exists(data.resolve(BEFORE));
    }
    try (Stream<Path> files = Files.list(store)) {
      return files.findAny().isPresent();
    }
  }

  /// @return how many entries were written
  /// @throws dev.troupe.runtime.store.StoreException if the store is damaged
  public long backup(OutputStream out) throws IOException {
    try (var store = openPresent()) {
      return Backups.write(store.archive(), out);
    }
  }

  /// Everything of which something is or was stored, types that somebody has defined too. Reads the
  /// store whole.
  public Set<TypeRef> collections() throws IOException {
    try (var store = openPresent()) {
      return Backups.collections(store.archive());
    }
  }

  /// Gives a collection another number of partitions. Whenever it is broken off, there is what was
  /// before, or what was to be.
  ///
  /// @return how many it had; 0 if nothing of it is stored yet
  public int repartition(TypeRef type, int partitions) throws IOException {
    var copy = data.resolve(COPY);
    var placement = new Placement(Map.of(type, partitions));
    var repartition =
        new Repartition(type, partitions, placement::of, NewIncarnation.at(clock.millis()));
    try {
      try (var store = openPresent()) {
        PrivateFile.write(copy, out -> Backups.write(store.archive(), out));
        if (store.archive() instanceof Replaceable replaceable) {
          read(copy, backup -> Backups.replace(backup, replaceable, repartition));
          return repartition.before();
        }
      }
      var fresh = data.resolve(UNFINISHED);
      fill(fresh, store -> read(copy, backup -> Backups.restore(backup, store, repartition)));
      swap(fresh);
    } finally {
      Files.deleteIfExists(copy);
    }
    return repartition.before();
  }

  private interface Filling {
    long from(BackupReader backup) throws IOException;
  }

  private static long read(Path copy, Filling filling) throws IOException {
    try (var in = new BufferedInputStream(Files.newInputStream(copy))) {
      return filling.from(new BackupReader(in, copy.toString()));
    }
  }

  /// A directory cannot take another's place in one step: in between there is none, which [#settle]
  /// notices.
  private void swap(Path fresh) throws IOException {
    var before = data.resolve(BEFORE);
    delete(before);
    Files.move(data.resolve(NAME), before, StandardCopyOption.ATOMIC_MOVE);
    Files.move(fresh, data.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
    sync();
    delete(before);
  }

  /// Puts the store back that a change of it, broken off, has left under another name.
  static void settle(Path data) throws IOException {
    var before = data.resolve(BEFORE);
    if (Files.exists(before) && !Files.exists(data.resolve(NAME))) {
      Files.move(before, data.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
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
    long entries =
        fill(
            unfinished, store -> Backups.restore(backup, store, NewIncarnation.at(clock.millis())));
    Files.deleteIfExists(data.resolve(NAME));
    Files.move(unfinished, data.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
    sync();
    return entries;
  }

  private interface Making {
    long in(Archivable store) throws IOException;
  }

  /// Makes the store of a directory, or no directory.
  private long fill(Path directory, Making making) throws IOException {
    delete(directory);
    try (var store = open(directory)) {
      return making.in(store.archive());
    } catch (IOException | RuntimeException failure) {
      delete(directory);
      throw failure;
    }
  }

  private void sync() throws IOException {
    try (var directory = FileChannel.open(data, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  private OpenStore openPresent() throws IOException {
    if (location.isBelowData()) {
      settle(data);
    }
    return open(data.resolve(NAME));
  }

  private OpenStore open(Path directory) {
    var config = access.withFallback(LoneProfile.complete());
    return location.open(new StoreOpening(directory, config, clock, _ -> {}));
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

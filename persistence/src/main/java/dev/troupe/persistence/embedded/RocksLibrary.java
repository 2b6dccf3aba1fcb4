package dev.troupe.persistence.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/// RocksDB's native library. RocksDB's own way leaves a copy of it in the temporary directory
/// whenever a process is killed; here the copy is gone as soon as it is loaded.
final class RocksLibrary {

  private static final Object LOADED = loadOnce();

  private RocksLibrary() {}

  /// @throws UncheckedIOException if there is none for this system, or no room for it
  static void load() {
    java.util.Objects.requireNonNull(LOADED);
  }

  private static Object loadOnce() {
    try {
      var directory = Files.createTempDirectory("troupe-rocksdb");
      var name = Environment.getJniLibraryFileName("rocksdb");
      // RocksDB looks for another name in a directory than among its resources.
      var file = directory.resolve(Environment.getJniLibraryFileName("rocksdbjni"));
      try (var library = RocksDB.class.getClassLoader().getResourceAsStream(name)) {
        if (library == null) {
          throw new IOException("RocksDB has no " + name + " for this system");
        }
        Files.copy(library, file);
        RocksDB.loadLibrary(List.of(directory.toString()));
      } finally {
        Files.deleteIfExists(file);
        Files.delete(directory);
      }
      return new Object();
    } catch (IOException failure) {
      throw new UncheckedIOException("RocksDB's library cannot be loaded", failure);
    }
  }
}

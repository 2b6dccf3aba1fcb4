package dev.troupe.persistence.embedded.tables;

import dev.troupe.runtime.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/// RocksDB's native library. RocksDB's own way leaves a copy of it in the temporary directory
/// whenever a process is killed; here the copy is gone as soon as it is loaded.
public final class RocksLibrary {

  private static boolean loaded;

  private RocksLibrary() {}

  /// @throws StoreException if there is none for this system, or it cannot be copied or loaded
  public static synchronized void load() {
    if (!loaded) {
      try {
        loadCopy();
      } catch (IOException | UnsatisfiedLinkError failure) {
        throw new StoreException(
            "RocksDB's library cannot be loaded from a copy in "
                + System.getProperty("java.io.tmpdir")
                + "; name a directory that allows it with -Djava.io.tmpdir: "
                + failure,
            failure);
      }
      loaded = true;
    }
  }

  private static void loadCopy() throws IOException {
    var directory = Files.createTempDirectory("troupe-rocksdb");
    // RocksDB looks for another name in a directory than among its resources.
    var copy = directory.resolve(Environment.getJniLibraryFileName("rocksdbjni"));
    try {
      copyTo(copy);
      RocksDB.loadLibrary(List.of(directory.toString()));
    } finally {
      Files.deleteIfExists(copy);
      Files.delete(directory);
    }
  }

  private static void copyTo(java.nio.file.Path copy) throws IOException {
    var name = Environment.getJniLibraryFileName("rocksdb");
    try (var library = RocksDB.class.getClassLoader().getResourceAsStream(name)) {
      if (library == null) {
        throw new IOException("it has no " + name + " for this system");
      }
      Files.copy(library, copy);
    }
  }
}

package dev.troupe.persistence.embedded.files;

import java.io.Closeable;
import java.io.IOException;
import java.io.SyncFailedException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.file.Path;

/// What the engine does with files, so that tests can lose power, fill the disk or break it.
public interface FileAccess {

  /// Creates a file that must not exist.
  StoreFile create(Path path) throws IOException;

  StoreFile open(Path path) throws IOException;

  /// Replaces `to`, atomically.
  void rename(Path from, Path to) throws IOException;

  void delete(Path path) throws IOException;

  /// Makes creations, renames and deletions in a directory durable.
  ///
  /// @throws SyncFailedException if nobody knows what is durable
  void syncDirectory(Path directory) throws IOException;

  /// How many bytes can be written before the disk is full, as far as is known.
  long usable(Path directory);

  /// Called where the engine's process may die, by the thread that is there. A test may end it.
  default void reached(Moment moment) {}

  /// An open file.
  interface StoreFile extends Closeable {

    /// Writes all of `bytes`.
    void write(ByteBuffer bytes, long position) throws IOException;

    /// Makes all writes durable: `fdatasync`.
    ///
    /// @throws SyncFailedException if nobody knows what is durable
    void sync() throws IOException;

    /// The whole file for reading. Shows later writes; remains when the file is closed or deleted.
    MappedByteBuffer map() throws IOException;

    @Override
    void close() throws IOException;
  }
}

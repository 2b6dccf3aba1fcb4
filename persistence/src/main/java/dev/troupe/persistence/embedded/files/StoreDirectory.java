package dev.troupe.persistence.embedded.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.runtime.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// A directory that belongs to one engine at a time: locked, and marked with the format of what is
/// in it.
public final class StoreDirectory implements AutoCloseable {

  private static final String MARK = "troupe event store, format ";
  private static final int FORMAT = 1;
  private static final String FORMAT_FILE = "FORMAT";
  private static final String LOCK_FILE = "lock";
  private static final String UNFINISHED = ".tmp";
  private static final Set<String> HARMLESS = Set.of(LOCK_FILE, "lost+found");

  private final Path path;
  private final FileAccess files;
  private final FileChannel lock;

  private StoreDirectory(Path path, FileAccess files, FileChannel lock) {
    this.path = path;
    this.files = files;
    this.lock = lock;
  }

  /// Takes the directory; makes a new one of an absent or empty one.
  ///
  /// @throws StoreException if it is another's, locked, or of a newer format
  public static StoreDirectory take(Path path, FileAccess files) throws IOException {
    refuseForeign(path);
    Files.createDirectories(path);
    var directory = new StoreDirectory(path, files, lock(path));
    try {
      directory.checkOrWriteFormat();
      directory.removeUnfinished();
    } catch (IOException | RuntimeException failure) {
      directory.close();
      throw failure;
    }
    return directory;
  }

  private static void refuseForeign(Path path) throws IOException {
    if (!Files.exists(path) || Files.exists(path.resolve(FORMAT_FILE))) {
      return;
    }
    if (!Files.isDirectory(path)) {
      throw new StoreException(path + " is not a directory");
    }
    try (var entries = Files.list(path)) {
      var foreign =
          entries
              .map(entry -> entry.getFileName().toString())
              .filter(name -> !HARMLESS.contains(name) && !name.endsWith(UNFINISHED))
              .findFirst();
      if (foreign.isPresent()) {
        throw new StoreException(
            path
                + " is not an event store of Troupe: it has no "
                + FORMAT_FILE
                + " file, but holds "
                + foreign.get()
                + "; name an empty or new directory");
      }
    }
  }

  private static FileChannel lock(Path path) throws IOException {
    var channel =
        FileChannel.open(
            path.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException sameProcess) {
      // Refused below.
    }
    channel.close();
    throw new StoreException(
        path + " is in use by another running Troupe; stop it, or name another directory");
  }

  private void checkOrWriteFormat() throws IOException {
    var file = path.resolve(FORMAT_FILE);
    if (!Files.exists(file)) {
      write(FORMAT_FILE, ByteBuffer.wrap((MARK + FORMAT + "\n").getBytes(UTF_8)));
      return;
    }
    var text = Files.readString(file).strip();
    int format = text.startsWith(MARK) ? number(text.substring(MARK.length())) : 0;
    if (format < 1) {
      throw new StoreException(file + " is not of an event store of Troupe: " + text);
    }
    if (format > FORMAT) {
      throw new StoreException(
          path
              + " was written by a newer Troupe in format "
              + format
              + "; this one reads up to format "
              + FORMAT);
    }
  }

  private static int number(String text) {
    return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
  }

  private void removeUnfinished() throws IOException {
    for (var file : named(UNFINISHED)) {
      files.delete(file);
    }
  }

  /// The files whose names end so, in the order of their names.
  public List<Path> named(String ending) throws IOException {
    try (Stream<Path> entries = Files.list(path)) {
      return entries.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  public Path path() {
    return path;
  }

  /// Writes a whole file, so that either the old or the new one is there.
  public void write(String name, ByteBuffer content) throws IOException {
    write(name, file -> file.write(content, 0));
  }

  public void write(String name, Content content) throws IOException {
    var unfinished = path.resolve(name + UNFINISHED);
    files.delete(unfinished);
    try (var file = files.create(unfinished)) {
      content.writeTo(file);
      file.sync();
    } catch (IOException failure) {
      files.delete(unfinished);
      throw failure;
    }
    files.rename(unfinished, path.resolve(name));
    files.syncDirectory(path);
  }

  public void delete(Path file) throws IOException {
    files.delete(file);
    files.syncDirectory(path);
  }

  public FileAccess.StoreFile open(Path file) throws IOException {
    return files.open(file);
  }

  public long usable() {
    return files.usable(path);
  }

  /// See [FileAccess#reached].
  public void reached(Moment moment) {
    files.reached(moment);
  }

  /// Lets the directory go.
  @Override
  public void close() throws IOException {
    lock.close();
  }

  /// What a new file holds.
  @FunctionalInterface
  public interface Content {
    void writeTo(FileAccess.StoreFile file) throws IOException;
  }
}

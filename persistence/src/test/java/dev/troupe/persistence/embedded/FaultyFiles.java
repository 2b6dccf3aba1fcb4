package dev.troupe.persistence.embedded;

import dev.troupe.persistence.embedded.files.DiskFiles;
import dev.troupe.persistence.embedded.files.FileAccess;
import java.io.IOException;
import java.io.SyncFailedException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Real files, never synced in fact, whose disk can be full or broken, and that know what a power
/// loss would leave: what was synced, under the names that were synced, and of the rest this and
/// that.
final class FaultyFiles implements FileAccess {

  private final DiskFiles disk = new DiskFiles();
  private final Map<Path, Inode> names = new HashMap<>();
  private final Map<Path, Inode> durableNames = new HashMap<>();
  private final List<Change> unsynced = new ArrayList<>();
  private final long limit;
  private long used;
  private int syncs;
  private boolean syncsFail;
  private boolean syncsLie;
  private String unsyncable = "none";
  private int quiet;
  private Runnable interruption = FaultyFiles::goOn;

  private static void goOn() {}

  /// A change of a directory.
  private sealed interface Change {
    Path path();

    record Created(Path path, Inode inode) implements Change {}

    record Renamed(Path from, Path path) implements Change {}

    record Deleted(Path path) implements Change {}

    default void applyTo(Map<Path, Inode> names) {
      switch (this) {
        case Created(var path, var inode) -> names.put(path, inode);
        case Deleted(var path) -> names.remove(path);
        case Renamed(var from, var to) -> {
          var inode = names.remove(from);
          if (inode != null) {
            names.put(to, inode);
          }
        }
      }
    }
  }

  FaultyFiles() {
    this(Long.MAX_VALUE);
  }

  /// @param limit how many bytes fit on the disk
  FaultyFiles(long limit) {
    this.limit = limit;
  }

  /// Takes what is in a directory for durable.
  synchronized void adopt(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (var existing = Files.list(directory)) {
        for (var path : existing.filter(Files::isRegularFile).toList()) {
          adoptFile(path);
        }
      }
    }
  }

  private Inode adoptFile(Path path) throws IOException {
    var inode = new Inode(Files.readAllBytes(path));
    names.put(path, inode);
    durableNames.put(path, inode);
    return inode;
  }

  /// From now on, or no longer, every sync fails.
  synchronized void failSyncs(boolean fail) {
    syncsFail = fail;
  }

  /// From now on every sync of a file with such a name fails.
  synchronized void failSyncsOf(String name) {
    unsyncable = name;
  }

  /// From now on a sync does nothing.
  synchronized void lieAboutSyncs() {
    syncsLie = true;
  }

  synchronized int syncs() {
    return syncs;
  }

  /// Gives back some of the disk.
  synchronized void free(long bytes) {
    used -= bytes;
  }

  /// Before one operation, after so many others, something happens.
  synchronized void interrupt(int operations, Runnable what) {
    quiet = operations;
    interruption = what;
  }

  private synchronized void operation() {
    if (quiet-- == 0) {
      interruption.run();
    }
  }

  /// Writes what a power loss at this moment would leave into another directory. Of what was not
  /// synced, each sector and each change of the directory is there or not, as chance has it.
  synchronized void losePower(Path from, Path to, Random chance) throws IOException {
    Files.createDirectories(to);
    var left = new HashMap<>(durableNames);
    for (var change : unsynced) {
      if (chance.nextBoolean()) {
        change.applyTo(left);
      }
    }
    for (var entry : left.entrySet()) {
      if (from.equals(entry.getKey().getParent())) {
        Files.write(to.resolve(entry.getKey().getFileName()), entry.getValue().after(chance));
      }
    }
  }

  private void change(Change change) {
    unsynced.add(change);
    change.applyTo(names);
  }

  @Override
  public synchronized StoreFile create(Path path) throws IOException {
    operation();
    var inode = new Inode();
    change(new Change.Created(path, inode));
    return new FaultyFile(path.toString(), disk.create(path), inode);
  }

  @Override
  public synchronized StoreFile open(Path path) throws IOException {
    var inode = names.get(path);
    return new FaultyFile(
        path.toString(), disk.open(path), inode == null ? adoptFile(path) : inode);
  }

  @Override
  public synchronized void rename(Path from, Path to) throws IOException {
    operation();
    disk.rename(from, to);
    change(new Change.Renamed(from, to));
  }

  @Override
  public synchronized void delete(Path path) throws IOException {
    operation();
    disk.delete(path);
    var inode = names.get(path);
    if (inode != null) {
      used -= inode.size();
    }
    change(new Change.Deleted(path));
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    operation();
    synchronized (this) {
      if (!syncsLie) {
        unsynced.stream()
            .filter(change -> directory.equals(change.path().getParent()))
            .forEach(change -> change.applyTo(durableNames));
        unsynced.removeIf(change -> directory.equals(change.path().getParent()));
      }
    }
  }

  @Override
  public synchronized long usable(Path directory) {
    return limit - used;
  }

  private final class FaultyFile implements StoreFile {
    private final String name;
    private final StoreFile file;
    private final Inode inode;

    private FaultyFile(String name, StoreFile file, Inode inode) {
      this.name = name;
      this.file = file;
      this.inode = inode;
    }

    @Override
    public void write(ByteBuffer bytes, long position) throws IOException {
      operation();
      synchronized (FaultyFiles.this) {
        long growth = Math.max(0, position + bytes.remaining() - inode.size());
        if (used + growth > limit) {
          throw new IOException("No space left on device");
        }
        used += growth;
        var copy = new byte[bytes.remaining()];
        bytes.get(bytes.position(), copy);
        inode.write(copy, (int) position);
      }
      file.write(bytes, position);
    }

    @Override
    public void sync() throws IOException {
      operation();
      synchronized (FaultyFiles.this) {
        syncs++;
        if (syncsFail || name.contains(unsyncable)) {
          throw new SyncFailedException("Input/output error");
        }
        if (!syncsLie) {
          inode.sync();
        }
      }
    }

    @Override
    public MappedByteBuffer map() throws IOException {
      return file.map();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}

package dev.troupe.persistence.embedded;

import java.io.IOException;
import java.io.SyncFailedException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Real files whose disk can be full or broken, and that know what a power loss would leave: what
/// was synced, under the names that were synced.
final class FaultyFiles implements FileAccess {

  private static final int SECTOR = 512;

  private final DiskFiles disk = new DiskFiles();
  private final Map<Path, Inode> names = new HashMap<>();
  private final Map<Path, Inode> durableNames = new HashMap<>();
  private final long limit;
  private long used;
  private int syncs;
  private boolean syncsFail;
  private boolean syncsLie;
  private String unsyncable = "none";

  FaultyFiles() {
    this(Long.MAX_VALUE);
  }

  /// @param limit how many bytes fit on the disk
  FaultyFiles(long limit) {
    this.limit = limit;
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

  /// Writes what a power loss at this moment would leave into another directory. Of what was not
  /// synced, each sector is there or not, as chance has it.
  synchronized void losePower(Path from, Path to, Random chance) throws IOException {
    Files.createDirectories(to);
    for (var entry : durableNames.entrySet()) {
      if (from.equals(entry.getKey().getParent())) {
        Files.write(to.resolve(entry.getKey().getFileName()), entry.getValue().after(chance));
      }
    }
  }

  @Override
  public synchronized StoreFile create(Path path) throws IOException {
    var inode = new Inode();
    names.put(path, inode);
    return new FaultyFile(path.toString(), disk.create(path), inode);
  }

  @Override
  public synchronized StoreFile open(Path path) throws IOException {
    var inode = names.get(path);
    if (inode == null) {
      inode = new Inode();
      inode.durable = Files.readAllBytes(path);
      names.put(path, inode);
      durableNames.put(path, inode);
    }
    return new FaultyFile(path.toString(), disk.open(path), inode);
  }

  @Override
  public synchronized void rename(Path from, Path to) throws IOException {
    disk.rename(from, to);
    var inode = names.remove(from);
    if (inode != null) {
      names.put(to, inode);
    }
  }

  @Override
  public synchronized void delete(Path path) throws IOException {
    disk.delete(path);
    var inode = names.remove(path);
    if (inode != null) {
      used -= inode.size;
    }
  }

  @Override
  public synchronized void syncDirectory(Path directory) throws IOException {
    disk.syncDirectory(directory);
    if (!syncsLie) {
      durableNames.keySet().removeIf(path -> directory.equals(path.getParent()));
      names.forEach((path, inode) -> {
        if (directory.equals(path.getParent())) {
          durableNames.put(path, inode);
        }
      });
    }
  }

  @Override
  public synchronized long usable(Path directory) {
    return limit - used;
  }

  private record Write(byte[] bytes, int position) {}

  private static final class Inode {
    private byte[] durable = new byte[0];
    private final List<Write> unsynced = new ArrayList<>();
    private long size;

    private static byte[] with(byte[] content, Write write, int from, int to) {
      var result = content;
      if (result.length < write.position + to) {
        result = Arrays.copyOf(result, write.position + to);
      }
      System.arraycopy(write.bytes, from, result, write.position + from, to - from);
      return result;
    }

    private void sync() {
      for (var write : unsynced) {
        durable = with(durable, write, 0, write.bytes.length);
      }
      unsynced.clear();
    }

    private byte[] after(Random chance) {
      var content = durable.clone();
      for (var write : unsynced) {
        for (int at = 0; at < write.bytes.length; at += SECTOR) {
          if (chance.nextBoolean()) {
            int end = Math.min(write.bytes.length, at + SECTOR);
            content = with(content, write, at, end);
          }
        }
      }
      return content;
    }
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
      synchronized (FaultyFiles.this) {
        long growth = Math.max(0, position + bytes.remaining() - inode.size);
        if (used + growth > limit) {
          throw new IOException("No space left on device");
        }
        used += growth;
        inode.size += growth;
        var copy = new byte[bytes.remaining()];
        bytes.get(bytes.position(), copy);
        inode.unsynced.add(new Write(copy, (int) position));
      }
      file.write(bytes, position);
    }

    @Override
    public void sync() throws IOException {
      file.sync();
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

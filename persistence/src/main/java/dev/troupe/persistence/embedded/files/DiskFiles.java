package dev.troupe.persistence.embedded.files;

import java.io.IOException;
import java.io.SyncFailedException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Files of the operating system.
public final class DiskFiles implements FileAccess {

  @Override
  public StoreFile create(Path path) throws IOException {
    return new DiskFile(
        FileChannel.open(
            path,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE));
  }

  @Override
  public StoreFile open(Path path) throws IOException {
    return new DiskFile(FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE));
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void delete(Path path) throws IOException {
    Files.deleteIfExists(path);
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException failure) {
      throw failed(directory.toString(), failure);
    }
  }

  @Override
  public long usable(Path directory) {
    return directory.toFile().getUsableSpace();
  }

  private static SyncFailedException failed(String what, IOException failure) {
    var failed = new SyncFailedException(what + " could not be synced: " + failure.getMessage());
    failed.initCause(failure);
    return failed;
  }

  private record DiskFile(FileChannel channel) implements StoreFile {

    @Override
    public void write(ByteBuffer bytes, long position) throws IOException {
      long next = position;
      while (bytes.hasRemaining()) {
        next += channel.write(bytes, next);
      }
    }

    @Override
    public void sync() throws IOException {
      try {
        channel.force(false);
      } catch (IOException failure) {
        throw failed("a file", failure);
      }
    }

    @Override
    public MappedByteBuffer map() throws IOException {
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}

package dev.troupe.testkit.members.machine;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// A disk for one directory alone: a file in which there is a file system (ext4), mounted there. It
/// can be filled up, and can fail.
public final class OwnDisk implements AutoCloseable {

  private static final long BYTES = 3L << 30;
  private static final long SMALL = 16L << 20;
  private static final long RESERVE = 32L << 20;
  private static final int PIECE = 4_096;
  private static final String BALLAST = "ballast";
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long STEP_NANOS = 50_000_000;

  /// In `unix:dev`, where the two numbers of a device are.
  private static final int MAJOR = 8;

  private static final int MAJOR_BITS = 0xfff;
  private static final int LOW_MINOR = 0xff;
  private static final int HIGH_MINOR = 12;
  private static final int HIGH_MINOR_BITS = 0xfff00;

  private final Path image;
  private final Path mount;

  private OwnDisk(Path image, Path mount) {
    this.image = image;
    this.mount = mount;
  }

  /// Why there can be none here; empty if there can.
  public static String obstacle() {
    try {
      var directory = Files.createTempDirectory("troupe-disk");
      var disk = new OwnDisk(directory.resolve("image"), directory.resolve("mount"));
      try {
        disk.make(SMALL);
        disk.close();
        return "";
      } catch (IllegalStateException refused) {
        return String.valueOf(refused.getMessage());
      } finally {
        Files.deleteIfExists(disk.image);
        Files.deleteIfExists(disk.mount);
        Files.deleteIfExists(directory);
      }
    } catch (IOException refused) {
      return refused.toString();
    }
  }

  /// @param image what the disk is kept in; it grows with what is written
  /// @param mount an empty directory, or none
  /// @throws IllegalStateException if it cannot be mounted
  public static OwnDisk at(Path image, Path mount) {
    var disk = new OwnDisk(image, mount);
    try {
      disk.make(BYTES);
      return disk;
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    }
  }

  private void make(long bytes) throws IOException {
    Files.createDirectories(mount);
    try (var file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(bytes);
    }
    ToolCommand.run("mkfs.ext4", "-q", "-m", "0", "-F", image.toString());
    mountIt();
  }

  private void mountIt() {
    ToolCommand.run("mount", "-o", "loop,errors=remount-ro", image.toString(), mount.toString());
  }

  /// The two numbers of its device, with a colon between them.
  public String device() {
    try {
      if (Files.getAttribute(mount, "unix:dev") instanceof Long device) {
        return "%d:%d"
            .formatted(
                (device >> MAJOR) & MAJOR_BITS,
                (device & LOW_MINOR) | ((device >> HIGH_MINOR) & HIGH_MINOR_BITS));
      }
      throw new IllegalStateException("nobody knows which device is at " + mount);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Leaves no room on it.
  public void fill() {
    var ballast = mount.resolve(BALLAST);
    try {
      long free = Files.getFileStore(mount).getUsableSpace();
      if (free > RESERVE) {
        ToolCommand.run("fallocate", "-l", Long.toString(free - RESERVE), ballast.toString());
      }
      try (var rest =
          FileChannel.open(
              ballast,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.APPEND)) {
        fill(rest);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void fill(FileChannel file) {
    try {
      for (long written = 0; written < BYTES; ) {
        written += file.write(ByteBuffer.allocate(PIECE));
      }
    } catch (IOException full) {
      // That is what was wanted.
    }
  }

  /// Gives back what was taken to fill it.
  public void empty() {
    try {
      Files.deleteIfExists(mount.resolve(BALLAST));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The file system meets an error, as of a disk that cannot write what it must: nothing more is
  /// written, and whoever tries is told so.
  public void fail() {
    var device = ToolCommand.output("findmnt", "-n", "-o", "SOURCE", mount.toString());
    var name = device.substring(device.lastIndexOf('/') + 1);
    var trigger = Path.of("/sys/fs/ext4", name, "trigger_fs_error");
    try {
      Files.writeString(trigger, "1");
    } catch (IOException refused) {
      throw new UncheckedIOException("the disk cannot be made to fail: " + refused, refused);
    }
  }

  /// Puts right what the error has left, as after a change of the disk. Nobody may use it
  /// meanwhile.
  public void repair() {
    close();
    // What it has put right is no failure.
    ToolCommand.run("sh", "-c", "e2fsck -fy \"$0\" || [ $? -le 2 ]", image.toString());
    mountIt();
  }

  /// Returns when it is not mounted any more, which whoever uses it still keeps it from.
  @Override
  public void close() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    var refused = unmount(mount);
    while (!refused.isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(refused);
      }
      LockSupport.parkNanos(STEP_NANOS);
      refused = unmount(mount);
    }
  }

  /// @return what went wrong; empty if nothing
  public static String unmount(Path mount) {
    return ToolCommand.attempt("umount", mount.toString());
  }
}

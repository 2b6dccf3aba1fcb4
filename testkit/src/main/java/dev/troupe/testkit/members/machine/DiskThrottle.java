package dev.troupe.testkit.members.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;

/// Lets a disk take longer for what some processes write, by a control group of either version: the
/// kernel gives the disk so many of their writes in a second, and whoever waits for one waits.
public final class DiskThrottle implements AutoCloseable {

  private static final long SECOND = 1_000;

  /// What a database writes at once, at least.
  private static final long PAGE = 8_192;

  private final Path parent;
  private final Path group;
  private final boolean first;

  private DiskThrottle(Path parent, boolean first) {
    this.parent = parent;
    this.group = parent.resolve("database");
    this.first = first;
  }

  /// @param mount where control groups are, such as `/sys/fs/cgroup`
  /// @throws UnsupportedOperationException if disks cannot be slowed down here; says why
  public static DiskThrottle below(Path mount) {
    var blocks = mount.resolve("blkio/blkio.throttle.write_iops_device");
    boolean first = Files.isRegularFile(blocks);
    return new DiskThrottle(ControlGroup.make(mount, first ? "blkio" : "io", first), first);
  }

  /// Below which all groups are.
  public Path parent() {
    return parent;
  }

  /// Of those processes and all that they start.
  ///
  /// @param device its two numbers, with a colon between them
  /// @param delay how long each write takes that is not made together with others
  public void slow(String device, Duration delay, Collection<Long> pids) {
    try {
      Files.createDirectories(group);
      // No number of writes a second is below one.
      if (delay.toMillis() <= SECOND) {
        limit("iops", device, Math.max(1, SECOND / Math.max(1, delay.toMillis())));
      } else {
        limit("bps", device, Math.max(1, PAGE * SECOND / delay.toMillis()));
      }
      for (long pid : pids) {
        Files.writeString(group.resolve("cgroup.procs"), Long.toString(pid));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void limit(String what, String device, long most) throws IOException {
    if (first) {
      Files.writeString(
          group.resolve("blkio.throttle.write_%s_device".formatted(what)), device + " " + most);
    } else {
      Files.writeString(
          group.resolve("io.max"),
          "%s w%s=%s".formatted(device, what, most == 0 ? "max" : Long.toString(most)));
    }
  }

  /// The disk is as fast as it is.
  public void free(String device) {
    try {
      limit("iops", device, 0);
      limit("bps", device, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Removes the groups; nobody may be in them any more.
  @Override
  public void close() {
    ControlGroup.remove(group);
    ControlGroup.remove(parent);
  }
}

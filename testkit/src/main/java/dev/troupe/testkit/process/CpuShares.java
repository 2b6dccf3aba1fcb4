package dev.troupe.testkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Fixed shares of the processors, by control groups of either version: whatever is left over,
/// nobody gets more than his.
public final class CpuShares implements AutoCloseable {

  /// How long a share is measured out at a time; short, so that nobody stands still for long.
  private static final int PERIOD_MICROS = 10_000;

  private final Path parent;
  private final boolean first;
  private final Set<Path> groups = new LinkedHashSet<>();

  /// @param first whether the groups are of version 1
  private CpuShares(Path parent, boolean first) {
    this.parent = parent;
    this.first = first;
  }

  /// @param mount where control groups are, such as `/sys/fs/cgroup`
  /// @throws UnsupportedOperationException if shares cannot be fixed here; says why
  public static CpuShares below(Path mount) {
    var name = "troupe-" + ProcessHandle.current().pid();
    var cpu = mount.resolve("cpu");
    boolean first = Files.isRegularFile(cpu.resolve("cpu.cfs_quota_us"));
    try {
      return first
          ? new CpuShares(Files.createDirectory(cpu.resolve(name)), true)
          : new CpuShares(second(mount, name), false);
    } catch (IOException refused) {
      throw impossible(refused.toString());
    }
  }

  private static Path second(Path mount, String name) throws IOException {
    var controllers = mount.resolve("cgroup.subtree_control");
    if (!Files.isRegularFile(controllers)) {
      throw impossible("there are no control groups in " + mount);
    }
    if (!List.of(Files.readString(controllers).strip().split(" ")).contains("cpu")) {
      Files.writeString(controllers, "+cpu");
    }
    var parent = Files.createDirectory(mount.resolve(name));
    Files.writeString(parent.resolve("cgroup.subtree_control"), "+cpu");
    return parent;
  }

  private static UnsupportedOperationException impossible(String why) {
    return new UnsupportedOperationException(
        "members cannot be given fixed shares of the processors here: " + why);
  }

  /// Below which all groups are.
  public Path parent() {
    return parent;
  }

  /// @param cores how many, or what part of one
  public void give(long pid, double cores) {
    var group = group(pid);
    long quota = Math.round(cores * PERIOD_MICROS);
    try {
      Files.createDirectories(group);
      groups.add(group);
      if (first) {
        Files.writeString(group.resolve("cpu.cfs_period_us"), Integer.toString(PERIOD_MICROS));
      }
      limit(group, Long.toString(quota), quota + " " + PERIOD_MICROS);
      Files.writeString(group.resolve("cgroup.procs"), Long.toString(pid));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Takes the limit away that a process was given, whether it is there or not.
  public void free(long pid) {
    var group = group(pid);
    try {
      if (groups.contains(group)) {
        limit(group, "-1", "max " + PERIOD_MICROS);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path group(long pid) {
    return parent.resolve("p" + pid);
  }

  private void limit(Path group, String inTheFirst, String inTheSecond) throws IOException {
    if (first) {
      Files.writeString(group.resolve("cpu.cfs_quota_us"), inTheFirst);
    } else {
      Files.writeString(group.resolve("cpu.max"), inTheSecond);
    }
  }

  /// Removes the groups; nobody may be in them any more.
  @Override
  public void close() {
    groups.forEach(CpuShares::remove);
    remove(parent);
  }

  private static void remove(Path group) {
    try {
      Files.deleteIfExists(group);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.troupe.benchmarks.scale;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Fixed shares of the processors, by control groups of version 2: whatever is left over, nobody
/// gets more than his.
public final class CpuShares implements AutoCloseable {

  /// How long a share is measured out at a time; short, so that nobody stands still for long.
  private static final int PERIOD_MICROS = 10_000;

  private final Path parent;
  private final List<Path> groups = new ArrayList<>();

  private CpuShares(Path parent) {
    this.parent = parent;
  }

  /// @param mount where control groups are, such as `/sys/fs/cgroup`
  /// @throws UnsupportedOperationException if shares cannot be fixed here; says why
  public static CpuShares below(Path mount) {
    var controllers = mount.resolve("cgroup.subtree_control");
    try {
      if (!Files.isRegularFile(controllers)) {
        throw impossible("there are no control groups of version 2 in " + mount);
      }
      if (!List.of(Files.readString(controllers).strip().split(" ")).contains("cpu")) {
        Files.writeString(controllers, "+cpu");
      }
      var parent = mount.resolve("troupe-bench-" + ProcessHandle.current().pid());
      Files.createDirectory(parent);
      Files.writeString(parent.resolve("cgroup.subtree_control"), "+cpu");
      return new CpuShares(parent);
    } catch (IOException refused) {
      throw impossible(refused.toString());
    }
  }

  private static UnsupportedOperationException impossible(String why) {
    return new UnsupportedOperationException(
        "members cannot be given fixed shares of the processors here, so that there is nothing to"
            + " compare: "
            + why);
  }

  /// @param cores how many, or what part of one
  public void give(long pid, double cores) {
    var group = parent.resolve("p" + pid);
    try {
      Files.createDirectory(group);
      groups.add(group);
      Files.writeString(
          group.resolve("cpu.max"), Math.round(cores * PERIOD_MICROS) + " " + PERIOD_MICROS);
      Files.writeString(group.resolve("cgroup.procs"), Long.toString(pid));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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

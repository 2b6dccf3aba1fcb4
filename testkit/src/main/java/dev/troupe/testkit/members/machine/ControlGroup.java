package dev.troupe.testkit.members.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The directory of a control group of this process, of either version.
final class ControlGroup {

  private ControlGroup() {}

  /// Makes one, below which there may be others.
  ///
  /// @param mount where control groups are, such as `/sys/fs/cgroup`
  /// @param controller what it controls
  /// @param first whether it is of version 1
  /// @throws UnsupportedOperationException if that cannot be; says why
  static Path make(Path mount, String controller, boolean first) {
    var name = "troupe-%s-%d".formatted(controller, ProcessHandle.current().pid());
    try {
      return first
          ? Files.createDirectory(mount.resolve(controller).resolve(name))
          : second(mount, controller, name);
    } catch (IOException refused) {
      throw impossible(controller, refused.toString());
    }
  }

  private static Path second(Path mount, String controller, String name) throws IOException {
    var controllers = mount.resolve("cgroup.subtree_control");
    if (!Files.isRegularFile(controllers)) {
      throw impossible(controller, "there are no control groups of it in " + mount);
    }
    if (!List.of(Files.readString(controllers).strip().split(" ")).contains(controller)) {
      Files.writeString(controllers, "+" + controller);
    }
    var parent = Files.createDirectory(mount.resolve(name));
    Files.writeString(parent.resolve("cgroup.subtree_control"), "+" + controller);
    return parent;
  }

  private static UnsupportedOperationException impossible(String controller, String why) {
    return new UnsupportedOperationException(
        "control groups cannot take %s from anybody here: %s".formatted(controller, why));
  }

  /// Nobody may be in it any more.
  static void remove(Path group) {
    try {
      Files.deleteIfExists(group);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

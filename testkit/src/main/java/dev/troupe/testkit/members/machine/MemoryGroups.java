package dev.troupe.testkit.members.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// How much memory members may have, by control groups of either version. Each is in a group of its
/// own from its beginning, so that all that it has counts.
public final class MemoryGroups implements AutoCloseable {

  private static final String CONTROLLER = "memory";
  private static final String MEMBERS = "cgroup.procs";
  private static final String START = "echo $$ > \"$0\" && exec \"$@\"";
  private static final int ATTEMPTS = 5;
  private static final long MIB = 1 << 20;

  private final Path parent;
  private final String limit;
  private final String used;
  private final String unlimited;
  private final Set<Integer> members = new TreeSet<>();

  private MemoryGroups(Path parent, boolean first) {
    this.parent = parent;
    this.limit = first ? "memory.limit_in_bytes" : "memory.max";
    this.used = first ? "memory.usage_in_bytes" : "memory.current";
    this.unlimited = first ? "-1" : "max";
  }

  /// @param mount where control groups are, such as `/sys/fs/cgroup`
  /// @throws UnsupportedOperationException if memory cannot be limited here; says why
  public static MemoryGroups below(Path mount) {
    boolean first = Files.isRegularFile(mount.resolve("memory/memory.limit_in_bytes"));
    return new MemoryGroups(ControlGroup.make(mount, CONTROLLER, first), first);
  }

  /// Below which all groups are.
  public Path parent() {
    return parent;
  }

  private Path group(int member) {
    return parent.resolve("m" + member);
  }

  /// What a command is to begin with, so that it runs in the group of a member.
  public List<String> start(int member) {
    try {
      Files.createDirectories(group(member));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    members.add(member);
    return List.of("sh", "-c", START, group(member).resolve(MEMBERS).toString());
  }

  /// Leaves a member so much. Where the system does not take away what a member has, it gets no
  /// more than that: whoever calls does so again, as it may have ended meanwhile.
  public void limit(int member, long bytes) {
    var file = group(member).resolve(limit);
    try {
      if (!write(file, Long.toString(bytes))) {
        boolean limited = false;
        for (int i = 0; i < ATTEMPTS && !limited; i++) {
          limited = write(file, Long.toString(used(member) + i * MIB));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// How much it has.
  public long used(int member) throws IOException {
    return Long.parseLong(Files.readString(group(member).resolve(used)).strip());
  }

  private static boolean write(Path file, String what) {
    try {
      Files.writeString(file, what);
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  /// Gives a member as much as it wants again.
  public void free(int member) {
    try {
      Files.writeString(group(member).resolve(limit), unlimited);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Removes the groups; nobody may be in them any more.
  @Override
  public void close() {
    members.forEach(member -> ControlGroup.remove(group(member)));
    ControlGroup.remove(parent);
  }
}

package dev.troupe.clusterconfig.command.data;

import dev.troupe.clusterconfig.instance.DataDirectoryLock;
import java.nio.file.Files;

/// The right to use a data directory on which nothing runs.
public final class OfflineLock {

  private OfflineLock() {}

  /// @throws CommandFailedException if something runs
  public static DataDirectoryLock take(DataDirectory directory) {
    return DataDirectoryLock.acquire(directory.root())
        .orElseThrow(() ->
            new CommandFailedException(
                "%s is in use by another instance%s; stop it with: ./troupe down%s"
                    .formatted(directory.root(), pid(directory), directory.option())));
  }

  /// Whether some process has it. Makes nothing.
  public static boolean isTaken(DataDirectory directory) {
    if (!Files.exists(directory.root().resolve("lock"))) {
      return false;
    }
    var lock = DataDirectoryLock.acquire(directory.root());
    lock.ifPresent(DataDirectoryLock::close);
    return lock.isEmpty();
  }

  private static String pid(DataDirectory directory) {
    return directory.instance().running().map(other -> " (pid " + other.pid() + ")").orElse("");
  }
}

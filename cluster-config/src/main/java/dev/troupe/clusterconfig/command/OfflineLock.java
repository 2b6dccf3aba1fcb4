package dev.troupe.clusterconfig.command;

import dev.troupe.clusterconfig.instance.DataDirectoryLock;

/// The right to use a data directory on which nothing runs.
final class OfflineLock {

  private OfflineLock() {}

  /// @throws CommandFailedException if something runs
  static DataDirectoryLock take(DataDirectory directory) {
    return DataDirectoryLock.acquire(directory.root())
        .orElseThrow(() ->
            new CommandFailedException(
                "%s is in use by another instance%s; stop it with: ./troupe down%s"
                    .formatted(directory.root(), pid(directory), directory.option())));
  }

  private static String pid(DataDirectory directory) {
    return directory.instance().running().map(other -> " (pid " + other.pid() + ")").orElse("");
  }
}

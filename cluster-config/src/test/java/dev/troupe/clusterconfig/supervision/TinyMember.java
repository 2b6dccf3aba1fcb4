package dev.troupe.clusterconfig.supervision;

import dev.troupe.clusterconfig.instance.DataDirectoryLock;
import dev.troupe.clusterconfig.instance.Instance;
import dev.troupe.clusterconfig.instance.InstanceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/// A process that says what a member says of itself, and does nothing.
final class TinyMember {

  /// A test that fails must leave nothing behind for ever.
  static final Duration LONGEST = Duration.ofMinutes(2);

  /// With this it says that another start would do no good.
  private static final int HOPELESS = 2;

  private TinyMember() {}

  public static void main(String[] words) throws IOException, InterruptedException {
    var directory = Path.of(words[0]);
    Files.writeString(
        directory.resolve("starts"), "x", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    if (Files.exists(directory.resolve("broken"))) {
      System.out.println("this one is broken");
      System.exit(1);
    }
    if (Files.exists(directory.resolve("refusing"))) {
      System.out.println("this one refuses");
      System.exit(HOPELESS);
    }
    var lock = DataDirectoryLock.acquire(directory);
    if (lock.isEmpty()) {
      System.out.println("another one runs");
      System.exit(1);
    }
    InstanceFile.in(directory).write(Instance.starting(0).serving("https://127.0.0.1:1"));
    try (var _ = lock.get()) {
      Thread.sleep(LONGEST);
    }
  }
}

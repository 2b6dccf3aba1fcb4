package dev.troupe.persistence.embedded;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A real file system of a few bytes.
final class Tmpfs implements AutoCloseable {

  private static final int CHUNK = 4096;

  private final Path path;

  private Tmpfs(Path path) {
    this.path = path;
  }

  /// Skips the test where mounting is not permitted.
  static Tmpfs mount(Path path, int bytes) throws IOException, InterruptedException {
    Files.createDirectories(path);
    boolean mounted =
        run("mount", "-t", "tmpfs", "-o", "size=" + bytes, "tmpfs", path.toString()) == 0;
    assumeTrue(mounted, "a tmpfs cannot be mounted here: that takes root");
    return new Tmpfs(path);
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  Path path() {
    return path;
  }

  /// Fills whatever is left.
  ///
  /// @return the file to delete to make room
  Path fill() throws IOException {
    var ballast = path.resolve("ballast");
    try (var out = Files.newOutputStream(ballast)) {
      while (true) {
        out.write(new byte[CHUNK]);
      }
    } catch (IOException full) {
      return ballast;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      run("umount", "--lazy", path.toString());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

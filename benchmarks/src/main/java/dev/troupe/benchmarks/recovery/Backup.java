package dev.troupe.benchmarks.recovery;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// `troupe backup` of a server that runs.
final class Backup {

  private static final long PATIENCE_MINUTES = 10;

  private Backup() {}

  /// @return the seconds that the command took, with its start
  static double run(Path data, Path file, File log) {
    long start = System.nanoTime();
    try {
      var process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  "dev.troupe.clusterconfig.command.TroupeCommand",
                  "backup",
                  "--data",
                  data.toString(),
                  file.toString())
              .redirectErrorStream(true)
              .redirectOutput(log)
              .start();
      if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IllegalStateException("no backup after " + PATIENCE_MINUTES + " minutes");
      }
      if (process.exitValue() != 0) {
        throw new IllegalStateException("the backup failed, see " + log);
      }
      return (System.nanoTime() - start) / 1e9;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped during a backup", e);
    }
  }
}

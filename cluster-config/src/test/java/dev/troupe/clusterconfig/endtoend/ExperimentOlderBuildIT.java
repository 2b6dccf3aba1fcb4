package dev.troupe.clusterconfig.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// A member of another build among those of this one.
@Timeout(600)
class ExperimentOlderBuildIT {

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  @Test
  @Tag("thorough")
  void memberIsOfTheOtherBuildForAWhile() throws IOException {
    var older = directory.resolve("older");
    build(older.resolve("lib"));
    var tried = new TriedExperiment(directory);
    var record =
        tried.with(
            """
            count: 3
            older-build: %s
            jvm: ["-Xlog:class+path=info"]
            """
                .formatted(older),
            "- {kind: steady, per-second: 60}",
            "- {at: 1s, kind: older-build, who: other, for: 20s}",
            "10s");
    assertThat(TriedExperiment.kinds(record)).contains("older-build");
    assertThat(tried.logs()).contains(older.resolve("lib").toString());
  }

  /// As there is no other build here, what this one is made of, in jars.
  private static void build(Path lib) throws IOException {
    Files.createDirectories(lib);
    int number = 0;
    for (var entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      var part = Path.of(entry);
      var jar = lib.resolve("%03d.jar".formatted(number++));
      if (Files.isRegularFile(part)) {
        Files.createSymbolicLink(jar, part);
      } else if (Files.isDirectory(part) && !isOfTests(entry)) {
        pack(part, jar);
      }
    }
  }

  private static boolean isOfTests(String entry) {
    return entry.endsWith("test-classes") || entry.contains("src/test/");
  }

  private static void pack(Path directory, Path jar) throws IOException {
    try (var out = new JarOutputStream(Files.newOutputStream(jar));
        var files = Files.walk(directory)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(directory.relativize(file).toString()));
        Files.copy(file, out);
      }
    }
  }
}

package dev.troupe.clusterconfig.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogRotationTest {

  private static final int MOST = 100;

  @TempDir private Path directory;

  @Test
  void whoeverHasTheLogOpenGoesOnInItAndItsFilesAreBounded() throws IOException {
    var log = directory.resolve("troupe.log");
    var rotation = new LogRotation(log, MOST);
    try (var out =
        Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (int number = 0; number < 10; number++) {
        out.write((number + "x".repeat(MOST)).getBytes(UTF_8));
        rotation.rotateIfLong();
      }
      out.write("last".getBytes(UTF_8));
      rotation.rotateIfLong();
    }

    assertThat(log).hasContent("last");
    for (int number = 1; number <= LogRotation.MOST_FILES; number++) {
      var file = directory.resolve("troupe.log." + number);
      assertThat(file).hasContent((10 - number) + "x".repeat(MOST));
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
    try (var files = Files.list(directory)) {
      assertThat(files.collect(Collectors.toList())).hasSize(1 + LogRotation.MOST_FILES);
    }
  }

  @Test
  void logThatWasRemovedIsLeftAlone() throws IOException {
    new LogRotation(directory.resolve("troupe.log"), MOST).rotateIfLong();

    assertThat(directory).isEmptyDirectory();
  }
}

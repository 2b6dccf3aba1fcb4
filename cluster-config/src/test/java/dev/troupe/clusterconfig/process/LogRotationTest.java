package dev.troupe.clusterconfig.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

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

  /// A directory that is not empty cannot be replaced by a file: whoever may be asked.
  private void makeMovingImpossible() throws IOException {
    for (int number = 1; number <= LogRotation.MOST_FILES; number++) {
      Files.createDirectories(directory.resolve("troupe.log." + number).resolve("inside"));
    }
  }

  @Test
  void logThatCannotBeMovedIsEmptiedAndThatIsSaidOnce() throws IOException {
    var log = directory.resolve("troupe.log");
    makeMovingImpossible();
    var rotation = new LogRotation(log, MOST);
    var told = new ListAppender<ILoggingEvent>();
    told.start();
    var logger = (Logger) LoggerFactory.getLogger(LogRotation.class);
    logger.addAppender(told);
    try {
      for (int time = 0; time < 5; time++) {
        Files.writeString(log, "x".repeat(MOST + 1));
        rotation.rotateIfLong();
        assertThat(log).isEmptyFile();
      }
    } finally {
      logger.detachAppender(told);
    }

    assertThat(told.list).hasSize(1);
  }

  @Test
  void logThatWasRemovedIsLeftAlone() throws IOException {
    new LogRotation(directory.resolve("troupe.log"), MOST).rotateIfLong();

    assertThat(directory).isEmptyDirectory();
  }
}

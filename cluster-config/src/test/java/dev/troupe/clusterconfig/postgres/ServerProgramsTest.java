package dev.troupe.clusterconfig.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.clusterconfig.instance.ProcessState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What is run for the database ends, and says what has become of it.
@Timeout(60)
class ServerProgramsTest {

  private static final Duration LONG = Duration.ofSeconds(50);
  private static final Duration SHORT = Duration.ofSeconds(2);

  @TempDir private Path directory;

  private ServerPrograms.Outcome run(Duration patience, String script) throws IOException {
    var program = Files.createDirectories(directory.resolve("bin")).resolve("program");
    Files.writeString(program, "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return new ServerPrograms(directory, directory, patience).run("program", "read me\n");
  }

  @Test
  void programThatEndsHasItsCodeAndItsWords() throws IOException {
    var outcome = run(LONG, "cat; echo and more >&2; exit 3\n");

    assertThat(outcome).isEqualTo(new ServerPrograms.Outcome(3, "read me\nand more\n"));
  }

  /// As one that waits for a disk that does not answer.
  @Test
  void programThatDoesNotEndIsKilledWithWhatItHasStarted() throws Exception {
    var outcome = run(SHORT, "sleep 1000 & echo $! > child; echo begins; wait\n");

    assertThat(outcome.succeeded()).isFalse();
    assertThat(outcome.said())
        .startsWith("begins\n")
        .contains("bin/program has not ended after 2 s and was killed")
        .contains("see whether the disk of " + directory + " answers, and try again");
    awaitGone(Long.parseLong(Files.readString(directory.resolve("child")).strip()));
  }

  private static void awaitGone(long pid) throws InterruptedException {
    while (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent()
        && !ProcessState.of(pid).isOver()) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}

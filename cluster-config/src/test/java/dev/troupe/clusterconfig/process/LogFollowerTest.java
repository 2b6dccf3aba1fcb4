package dev.troupe.clusterconfig.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What whoever waits for a process reads of its log.
class LogFollowerTest {

  @TempDir private Path directory;
  private Path log = Path.of("");

  @BeforeEach
  void begin() throws IOException {
    log = directory.resolve("log");
    Files.writeString(log, "old\n");
  }

  private void append(String text) throws IOException {
    Files.writeString(log, text, StandardOpenOption.APPEND);
  }

  @Test
  void everyWholeLineIsBroughtOnce() throws IOException {
    var follower = LogFollower.from(log);
    assertThat(follower.more()).isEmpty();

    append("one\ntwo\nthr");
    assertThat(follower.more()).isEqualTo("one\ntwo\n");
    append("ee\n");
    assertThat(follower.more()).isEqualTo("three\n");
    assertThat(follower.more()).isEmpty();
  }

  @Test
  void logThatIsEmptiedIsReadFromItsBeginning() throws IOException {
    var follower = LogFollower.from(log);

    Files.writeString(log, "n\n");
    assertThat(follower.more()).isEqualTo("n\n");
  }

  @Test
  void muchComesBitByBitAndALineMayBeLong() throws IOException {
    var follower = LogFollower.from(log);
    var line = "x".repeat(100_000) + "\n";
    append(line);

    assertThat(follower.more() + follower.more()).isEqualTo(line);
  }

  @Test
  void logThatIsMadeLaterIsReadFromItsBeginning() throws IOException {
    Files.delete(log);
    var follower = LogFollower.from(log);
    Files.writeString(log, "first\n");

    assertThat(follower.more()).isEqualTo("first\n");
  }
}

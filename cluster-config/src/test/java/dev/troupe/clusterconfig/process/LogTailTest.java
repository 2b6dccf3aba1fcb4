package dev.troupe.clusterconfig.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// People are shown what was said last, since they asked for something.
class LogTailTest {

  @TempDir private Path directory;
  private Path log;

  @BeforeEach
  void begin() throws IOException {
    log = directory.resolve("log");
    Files.writeString(log, "one\ntwo\n");
  }

  private void append(String text) throws IOException {
    Files.writeString(log, text, StandardOpenOption.APPEND);
  }

  @Test
  void lastLinesAreShown() throws IOException {
    append("three\n");

    assertThat(LogTail.of(log).last(2)).isEqualTo("two\nthree");
    assertThat(LogTail.of(log).last(9)).isEqualTo("one\ntwo\nthree");
  }

  @Test
  void whatWasSaidBeforeIsNot() throws IOException {
    var end = LogTail.from(log);
    append("three\nfour\n");

    assertThat(end.last(9)).isEqualTo("three\nfour");
  }

  @Test
  void allOfALogThatWasEmptiedMeanwhileIs() throws IOException {
    var end = LogTail.from(log);
    Files.writeString(log, "new\n");

    assertThat(end.last(9)).isEqualTo("new");
  }

  @Test
  void longLogIsReadAtItsEndOnly() throws IOException {
    append("a line that is there very often\n".repeat(10_000) + "last\n");

    assertThat(LogTail.of(log).last(1)).isEqualTo("last");
    assertThat(LogTail.of(log).last(Integer.MAX_VALUE).length()).isLessThanOrEqualTo(1 << 16);
  }

  @Test
  void logThatIsNotThereIsNamed() {
    assertThat(LogTail.of(directory.resolve("none")).last(1)).contains("none", "cannot be read");
  }
}

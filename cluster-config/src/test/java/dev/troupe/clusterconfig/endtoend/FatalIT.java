package dev.troupe.clusterconfig.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.testkit.process.TroupeProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A fatal error ends the process, whoever had it and whoever caught it, and the last line of its
/// log says why.
@Timeout(180)
@Tag("thorough")
class FatalIT {

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "heap, 3, Terminating due to java.lang.OutOfMemoryError: Java heap space",
    "direct, 3, troupe: ended by a fatal error: io.netty.util.internal.OutOfDirectMemoryError",
    "thread, 3, troupe: ended by a fatal error: java.lang.OutOfMemoryError: unable to create"
        + " native",
    "caught, 3, troupe: ended by a fatal error: java.lang.NoClassDefFoundError",
    "linkage, 3, troupe: ended by a fatal error: java.lang.NoSuchMethodError",
    "stack, 1, troupe: the member ended by itself: java.lang.IllegalStateException: its actors"
        + " ended",
    "system, 1, troupe: the member ended by itself: java.lang.IllegalStateException: its actors",
  })
  void processEndsAndSaysWhy(String what, int code, String lastLine) {
    try (var troupe = TroupeProcess.up(FatalWhenTold.class, directory.resolve("data"))) {
      troupe.tell(what);
      assertThat(troupe.awaitEnd()).isEqualTo(code);
      assertThat(troupe.log().lines().toList().getLast()).startsWith(lastLine);
    }
  }
}

package dev.troupe.clusterconfig.command.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.clusterconfig.command.data.DataDirectory;
import dev.troupe.clusterconfig.member.RunningMember;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForegroundTest {

  private final StringWriter out = new StringWriter();
  private final CompletableFuture<Void> left = new CompletableFuture<>();

  @TempDir private Path directory;

  private final class Leaving implements RunningMember {

    @Override
    public int port() {
      return 6443;
    }

    @Override
    public CompletionStage<Void> ended() {
      return left;
    }

    @Override
    public void stop() {
      left.complete(null);
    }
  }

  private Foreground foreground() {
    return new Foreground(
        new DataDirectory(directory), 0, Duration.ofSeconds(30), new PrintWriter(out, true));
  }

  /// Where a new file begins is something that cannot be replaced.
  private void letNothingBeWritten() {
    try {
      Files.createDirectories(directory.resolve(".instance.json.new").resolve("inside"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// What it has others want: they cannot have it before it leaves.
  @Test
  void memberThatIsAskedToStopLeavesAlsoWhereThatCannotBeWrittenDown() {
    var code = new AtomicInteger(-1);

    foreground()
        .run(running -> {
          running.begun(new Leaving());
          letNothingBeWritten();
          code.set(running.stop());
        });

    assertThat(left).isCompleted();
    assertThat(code).hasValue(0);
    assertThat(out.toString())
        .startsWith("it stops, and cannot say so to other commands: ")
        .endsWith("stopped\n");
    assertThat(directory.resolve("instance.json")).doesNotExist();
  }
}

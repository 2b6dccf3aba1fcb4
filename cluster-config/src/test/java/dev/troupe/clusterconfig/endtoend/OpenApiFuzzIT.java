package dev.troupe.clusterconfig.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.troupe.testkit.process.TroupeProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A few of the requests that some of our own OpenAPI documents allow, and of those that they do
/// not. The command that it runs makes more of them, by all documents, when a person does.
class OpenApiFuzzIT {

  private static final Path COMMAND = Path.of("src", "test", "fuzz", "run").toAbsolutePath();
  private static final Path FUZZER = Path.of("target", "fuzz").toAbsolutePath();
  private static final int NO_PYTHON = 3;
  private static final String EXAMPLES = "2";
  private static final String SECONDS = "60";

  @TempDir private Path directory;

  @Test
  void answersAreAsDocumented() throws IOException, InterruptedException {
    try (var troupe = TroupeProcess.up(directory.resolve("data"), 0)) {
      var output = directory.resolve("output");
      var fuzz =
          new ProcessBuilder(
                  COMMAND.toString(),
                  troupe.kubeconfig().toString(),
                  FUZZER.toString(),
                  EXAMPLES,
                  SECONDS,
                  "api/v1",
                  "apis/apps/v1",
                  "apis/authorization.k8s.io/v1")
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();

      boolean ended = fuzz.waitFor(5, TimeUnit.MINUTES);
      if (!ended) {
        fuzz.destroyForcibly();
      }
      var text = Files.readString(output);
      assertThat(ended).as(text).isTrue();
      assumeFalse(fuzz.exitValue() == NO_PYTHON, "skipped: " + text);
      assertThat(fuzz.exitValue()).as(text).isZero();
      assertThat(text).contains("== api/v1", "== apis/apps/v1");
    }
  }
}

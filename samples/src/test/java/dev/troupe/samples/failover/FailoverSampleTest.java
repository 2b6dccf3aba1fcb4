package dev.troupe.samples.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.troupe.samples.webpage.WebPages;
import dev.troupe.testkit.experiment.file.BoxedExperiments;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The README of the sample says what there is, and its command does what it says.
class FailoverSampleTest {

  private static final Path SAMPLE = Path.of("failover");
  private static final Pattern FILE = Pattern.compile("^\\| `([^`]+)` \\|", Pattern.MULTILINE);

  @TempDir private Path root;

  private static String readme() throws IOException {
    return Files.readString(SAMPLE.resolve("README.md"));
  }

  @Test
  void experimentCanBeRead() {
    assertThat(BoxedExperiments.find("failover/two-kills.yaml").name()).isEqualTo("two-kills");
  }

  @Test
  void filesOfTheReadmeAreThere() throws IOException {
    var tests = Path.of("src/test/java/dev/troupe/samples/failover");
    assertThat(FILE.matcher(readme()).results().map(found -> found.group(1)))
        .hasSizeGreaterThan(2)
        .allMatch(file ->
            Files.exists(SAMPLE.resolve(file)) || Files.exists(tests.resolve(file + ".java")));
  }

  /// In a place where `troupe` says what it was told.
  private List<String> told(String... words) throws Exception {
    var shell = Path.of("/bin/sh");
    assumeTrue(Files.isExecutable(shell), "there is no shell");
    var here = Files.createDirectories(root.toRealPath().resolve("samples"));
    Files.createDirectories(here.resolve("src/main"));
    Files.writeString(here.resolve("pom.xml"), "");
    Files.createDirectories(here.resolve("target"));
    Files.copy(Path.of("run"), here.resolve("run"));
    Files.writeString(here.resolve("target/built"), "");
    var troupe =
        Files.writeString(
            root.resolve("troupe"),
            """
            #!/bin/sh
            printf '%s\\n' "$TROUPE_MAIN" "$TROUPE_CLASS_PATH" "$@"
            """);
    assertThat(troupe.toFile().setExecutable(true)).isTrue();
    var command = new ArrayList<>(List.of("/bin/sh", here.resolve("run").toString()));
    command.addAll(List.of(words));
    var process = new ProcessBuilder(command).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return said.lines().toList();
  }

  @Test
  void commandOfTheReadmeRunsTheExperimentWithTheSampleInItsMembersAndOpensTheReport()
      throws Exception {
    assertThat(readme()).contains("    samples/run failover --seed 7");
    var real = root.toRealPath();
    assertThat(told("failover", "--seed", "7"))
        .containsExactly(
            WebPages.class.getName(),
            real.resolve("samples/target/classes").toString(),
            "experiment",
            "run",
            real.resolve("samples/failover/two-kills.yaml").toString(),
            "--open",
            "--seed",
            "7");
  }
}

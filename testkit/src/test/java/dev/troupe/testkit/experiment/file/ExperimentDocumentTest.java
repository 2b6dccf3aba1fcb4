package dev.troupe.testkit.experiment.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.testkit.experiment.plan.RefusedExperiment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `docs/experiments.md` says what the reader knows: all of it, and nothing else.
class ExperimentDocumentTest {

  private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  private static String document() throws IOException {
    return Files.readString(Path.of("..", "docs", "experiments.md"));
  }

  @ParameterizedTest
  @MethodSource("dev.troupe.testkit.experiment.file.ExperimentTables#all")
  void tableIsWhatTheReaderKnows(String table) throws IOException {
    assertThat(document()).contains("\n\n" + table);
  }

  @Test
  void keysAreThoseThatTheReaderKnows() throws IOException {
    var rows =
        document()
            .lines()
            .dropWhile(line -> !line.equals("### The keys"))
            .skip(1)
            .takeWhile(line -> !line.startsWith("#"))
            .filter(line -> line.startsWith("| `"))
            .toList();

    assertThat(rows.stream().map(row -> row.replaceFirst("[^|]+\\|$", "")))
        .containsExactlyElementsOf(ExperimentTables.keys());
    assertThat(rows).allMatch(row -> row.matches("(.* \\|){3} \\S.* \\|"));
  }

  @Test
  void examplesCanBeRead() throws IOException {
    assertThat(EXAMPLE.matcher(document()).results().map(found -> found.group(1)))
        .isNotEmpty()
        .allSatisfy(text ->
            assertThat(
                    ExperimentReader.read("example", text.getBytes(StandardCharsets.UTF_8)).shows())
                .isNotEmpty());
  }

  @Test
  void messageThatIsShownIsTheOneThatIsGiven() throws IOException {
    var text = "name: a\nshows: b\nworkload: [{kind: steady}]\nmembers: {cuont: 3}\n";

    assertThat(document()).contains(refusal(text));
  }

  private static String refusal(String text) {
    try {
      return ExperimentReader.read("mine.yaml", text.getBytes(StandardCharsets.UTF_8)).name();
    } catch (RefusedExperiment refused) {
      return refused.why();
    }
  }
}

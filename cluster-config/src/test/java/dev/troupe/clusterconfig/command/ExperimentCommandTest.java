package dev.troupe.clusterconfig.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What can be seen of experiments without running one.
class ExperimentCommandTest {

  @TempDir private Path directory;

  private final StringWriter printed = new StringWriter();
  private final StringWriter complained = new StringWriter();

  private int run(String... words) {
    var commands =
        TroupeCommand.commandLine(
            _ -> {
              throw new AssertionError("nothing is to be started");
            },
            new PrintWriter(printed, true));
    return commands.setErr(new PrintWriter(complained, true)).execute(words);
  }

  @Test
  void listShowsWhatEachExperimentShows() {
    assertThat(run("experiment", "list")).isZero();
    assertThat(printed.toString()).containsPattern("(?m)^kill-owner +A member that is killed");
  }

  @Test
  void listPrintsTheFileOfOne() {
    assertThat(run("experiment", "list", "kill-owner")).isZero();
    assertThat(printed.toString()).contains("name: kill-owner", "faults:");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "run kill-owner --all",
        "run --all --open",
        "run kill-owner --duration soon",
        "run kill-owner --members 0",
        "run kill-owner --seed x",
        "compare one.json"
      })
  void wrongUsageIsExitCodeTwo(String line) {
    assertThat(run(("experiment " + line).split(" ", -1))).isEqualTo(2);
    assertThat(complained.toString()).contains("Usage: troupe experiment");
  }

  @Test
  void unknownExperimentIsRefusedWithTheOneThatWasMeant() {
    assertThat(run("experiment", "run", "kill-owners")).isEqualTo(2);
    assertThat(complained.toString()).contains("is kill-owner meant?");
  }

  @Test
  void wrongFileIsRefusedWithLineAndColumnAndNothingIsStarted() throws IOException {
    var file = Files.writeString(directory.resolve("wrong.yaml"), "name: wrong\nfalts: 3\n");
    var output = directory.resolve("output");
    assertThat(run("experiment", "run", file.toString(), "--output", output.toString()))
        .isEqualTo(2);
    assertThat(complained.toString()).contains("wrong.yaml", "2");
    assertThat(output).doesNotExist();
  }

  @Test
  void recordThatIsNoneIsRefused() throws IOException {
    var file = Files.writeString(directory.resolve("a.json"), "{}").toString();
    assertThat(run("experiment", "compare", file, file)).isEqualTo(2);
    assertThat(complained.toString()).contains("a.json");
  }
}

package dev.troupe.testkit.experiment.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.troupe.testkit.experiment.plan.RefusedExperiment;
import dev.troupe.testkit.experiment.schedule.FaultSchedule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BoxedExperimentsTest {

  private static final Path FILES =
      Path.of("src", "main", "resources", "dev", "troupe", "testkit", "experiments");

  @ParameterizedTest
  @MethodSource("dev.troupe.testkit.experiment.file.BoxedExperiments#names")
  void eachIsReadIsNamedAsItsFileAndHasASchedule(String name) {
    var plan = BoxedExperiments.read(name);

    assertThat(plan.name()).isEqualTo(name);
    assertThat(plan.shows()).endsWith(".");
    for (long seed = 0; seed < 20; seed++) {
      var schedule = FaultSchedule.of(plan, seed);
      assertThat(schedule.faults()).isNotEmpty();
      assertThat(schedule.length()).isLessThan(Duration.ofMinutes(12));
    }
  }

  @ParameterizedTest
  @MethodSource("dev.troupe.testkit.experiment.file.BoxedExperiments#names")
  void eachSaysInAFirstLineWhatItIsAbout(String name) {
    assertThat(new String(BoxedExperiments.bytes(name), StandardCharsets.UTF_8)).startsWith("# ");
  }

  @Test
  void everyFileIsInTheList() throws IOException {
    try (var files = Files.list(FILES)) {
      assertThat(files.map(file -> file.getFileName().toString().replace(".yaml", "")))
          .containsExactlyInAnyOrderElementsOf(BoxedExperiments.names());
    }
  }

  @Test
  void listSaysWhatEachShows() {
    assertThat(BoxedExperiments.list())
        .hasSize(24)
        .contains(
            new BoxedExperiments.Title(
                "kill-all",
                "What was acknowledged is there after all members were killed at once."));
  }

  @Test
  void unknownNameIsToldWithTheOneThatWasMeant() {
    assertThatExceptionOfType(RefusedExperiment.class)
        .isThrownBy(() -> BoxedExperiments.read("kill-onwer"))
        .withMessageStartingWith(
            "there is no experiment \"kill-onwer\" (is kill-owner meant?); there are kill-owner, ");
  }
}

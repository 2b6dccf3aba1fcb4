package dev.troupe.testkit.experiment.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.testkit.experiment.record.InvariantVerdict;
import dev.troupe.testkit.experiment.record.InvariantVerdict.Offence;
import dev.troupe.testkit.experiment.record.SampleRecords;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutcomeWordsTest {

  @TempDir private Path directory;

  private static List<String> faults(InvariantVerdict... verdicts) {
    return OutcomeWords.faults(SampleRecords.small(List.of(verdicts)));
  }

  @Test
  void whatHeldIsNotTold() {
    assertThat(faults(InvariantVerdict.held("one-writer", "One writes.", 3))).isEmpty();
  }

  @Test
  void manyCasesWithManyOperationsAreToldInPart() {
    var offence = new Offence("a read was old", Collections.nCopies(40, "get a = 1"));
    var lines =
        faults(
            InvariantVerdict.broken(
                "linearizable", "Answers are right.", 9, Collections.nCopies(5, offence)));

    assertThat(lines).hasSize(1 + 3 * (1 + 12 + 1) + 1);
    assertThat(lines)
        .startsWith("linearizable is broken: Answers are right.", "  a read was old")
        .contains("    and 28 more")
        .endsWith("  and 2 more");
  }

  @Test
  void filesOfASecondRunAreBesideThoseOfTheFirst() {
    var first = RunFiles.write(directory.resolve("new"), SampleRecords.small());
    var second = RunFiles.write(directory.resolve("new"), SampleRecords.small());

    assertThat(first.page()).exists().hasFileName("kill-42.html");
    assertThat(second.page()).exists().hasFileName("kill-42-2.html");
    assertThat(second.record()).exists().hasFileName("kill-42-2.json");
  }
}

package dev.troupe.testkit.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A server that keeps its word passes, and one that breaks it in any known way is found.
class AuditTest {

  private static final int HONEST_SEEDS = 200;
  private static final int SEEDS = 20;

  /// Of the histories in which a server errs now and then, so many show it at least.
  private static final int FOUND = 12;

  @Test
  void honestServerPasses() {
    for (long seed = 1; seed <= HONEST_SEEDS; seed++) {
      assertThat(Audit.of(Scenario.play(null, seed))).as("seed %d", seed).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void bugIsFound(Bug bug) {
    int found = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      if (Audit.of(Scenario.play(bug, seed)).stream()
          .anyMatch(violation -> bug.breaks(violation.promise()))) {
        found++;
      }
    }
    assertThat(found).as("of %d histories", SEEDS).isGreaterThanOrEqualTo(FOUND);
  }

  @Test
  void historyIsReadAsItWasWritten(@TempDir Path directory) {
    var history = Scenario.play(null, 7);
    var file = directory.resolve("history.jsonl");

    history.writeTo(file);

    assertThat(ClientHistory.read(file).entries()).isEqualTo(history.entries());
  }
}

package dev.troupe.clusterconfig.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// Members whose clocks are wrong.
@Timeout(600)
class ExperimentClocksIT {

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  @Test
  @Tag("thorough")
  void clocksAreSetAndNothingIsLostOrOld() {
    var record =
        new TriedExperiment(directory)
            .faults(
                """
                - {at: 1s, kind: clock-jump, who: other, by: 1h, for: 5s}
                - {at: 12s, kind: clock-jump, who: coordinator, by: -3m, for: 5s}
                - {at: 24s, kind: clock-offset, who: other, by: -3m, for: 20s}
                """,
                "15s");
    assertThat(TriedExperiment.kinds(record)).contains("clock-jump", "clock-offset");
    assertThat(record.owners()).isNotEmpty();
  }
}

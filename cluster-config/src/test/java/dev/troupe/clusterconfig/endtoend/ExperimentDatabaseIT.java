package dev.troupe.clusterconfig.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// A database that is lost, and whose standby takes over.
@Timeout(600)
class ExperimentDatabaseIT {

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  @Test
  @Tag("thorough")
  void standbyTakesOverAndIsTheDatabaseFromThenOn() {
    var tried = new TriedExperiment(directory);
    var record =
        tried.faults(
            """
            - {at: 2s, kind: database-failover, for: 2s}
            - {at: 20s, kind: database-freeze, for: 2s}
            - {at: 30s, kind: database-failover, for: 1s}
            """,
            "10s");
    assertThat(TriedExperiment.kinds(record))
        .containsExactly("database-failover", "database-freeze");
    assertThat(record.leftOut())
        .anyMatch(left -> left.why().contains("its standby has taken over already"));
  }
}

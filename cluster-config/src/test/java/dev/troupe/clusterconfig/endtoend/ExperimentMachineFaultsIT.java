package dev.troupe.clusterconfig.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.troupe.testkit.experiment.record.ExperimentRecord;
import dev.troupe.testkit.experiment.record.FaultSpan;
import dev.troupe.testkit.members.machine.DiskThrottle;
import dev.troupe.testkit.members.machine.MemoryGroups;
import dev.troupe.testkit.members.machine.OwnDisk;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// What a machine takes from members and from their database, where this one lets it be taken.
@Timeout(600)
class ExperimentMachineFaultsIT {

  private static final Path GROUPS = Path.of("/sys/fs/cgroup");

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  private interface Groups {
    AutoCloseable below(Path mount);
  }

  private static void assumeGroups(Groups groups) throws Exception {
    try {
      groups.below(GROUPS).close();
    } catch (UnsupportedOperationException refused) {
      assumeTrue(false, String.valueOf(refused.getMessage()));
    }
  }

  private static void assumeDisk() {
    var obstacle = OwnDisk.obstacle();
    assumeTrue(obstacle.isEmpty(), obstacle);
  }

  @Test
  @Tag("thorough")
  void slowDiskMakesWritesSlow() throws Exception {
    assumeDisk();
    assumeGroups(DiskThrottle::below);
    var record =
        new TriedExperiment(directory)
            .faults("- {at: 2s, kind: slow-disk, delay: 200ms, for: 6s}", "8s");
    assertThat(writes(record, span(record)).filter(request -> waited(record, request) > 190))
        .as("writes that took as long as one to the disk")
        .hasSizeGreaterThan(20);
  }

  @Test
  @Tag("thorough")
  void fullDiskAndFailingDiskStopWritesAndLoseNothing() {
    assumeDisk();
    var record =
        new TriedExperiment(directory)
            .faults(
                """
                - {at: 2s, kind: full-disk, for: 12s}
                - {at: 50s, kind: failing-disk, for: 5s}
                """,
                "15s");
    assertThat(TriedExperiment.kinds(record)).contains("full-disk", "failing-disk");
    for (var kind : new String[] {"full-disk", "failing-disk"}) {
      var span = span(record, kind);
      assertThat(writes(record, span).filter(request -> !record.requests().succeeded(request)))
          .as(kind)
          .isNotEmpty();
    }
  }

  @Test
  @Tag("thorough")
  void memberWithLittleMemoryIsNoDanger() throws Exception {
    assumeGroups(MemoryGroups::below);
    var tried = new TriedExperiment(directory);
    var record =
        tried.faults(
            "- {at: 2s, kind: memory-pressure, who: other, megabytes: 100, for: 8s}", "10s");
    assertThat(TriedExperiment.kinds(record)).contains("memory-pressure");
  }

  private static FaultSpan span(ExperimentRecord record) {
    return record.faults().getFirst();
  }

  private static FaultSpan span(ExperimentRecord record, String kind) {
    return record.faults().stream()
        .filter(span -> span.kind().equals(kind))
        .findFirst()
        .orElseThrow();
  }

  private static long waited(ExperimentRecord record, int request) {
    return record.requests().waited(request) / 1_000;
  }

  private static Stream<Integer> writes(ExperimentRecord record, FaultSpan during) {
    var requests = record.requests();
    return IntStream.range(0, requests.size())
        .filter(request -> requests.askers().get(requests.asker(request)).verb().equals("patch"))
        .filter(request ->
            requests.due(request) >= during.from() && requests.due(request) <= during.to())
        .boxed();
  }
}

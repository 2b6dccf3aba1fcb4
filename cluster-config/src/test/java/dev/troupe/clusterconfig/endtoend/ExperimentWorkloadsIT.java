package dev.troupe.clusterconfig.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.testkit.experiment.record.OwnerSpan;
import dev.troupe.testkit.experiment.record.RequestTable;
import dev.troupe.testkit.experiment.record.RequestTable.Asker;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// What clients of an experiment ask beside a steady load, and what an experiment sets up for it.
@Timeout(600)
class ExperimentWorkloadsIT {

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  @Test
  @Tag("thorough")
  void leasesAreRenewedDeploymentsAreChangedAndPartitionsAreAsManyAsTheFileSays() {
    var record =
        new TriedExperiment(directory)
            .with(
                """
                count: 3
                partitions: {configmaps: 5, leases.coordination.k8s.io: 3}
                """,
                """
                - {kind: steady, per-second: 30}
                - {kind: leases, clients: 100, every: 2s}
                - {kind: deployments, objects: 3, every: 1s}
                """,
                "- {at: 4s, kind: kill, who: other, for: 2s}",
                "8s");
    var askers = record.requests().askers();
    assertThat(askers).filteredOn(asker -> asker.verb().equals("put")).hasSize(100);
    assertThat(askers)
        .filteredOn(asker -> asker.client().contains("deployments-"))
        .extracting(Asker::verb)
        .containsOnly("patch", "get")
        .hasSize(6);
    assertThat(record.owners().stream().map(OwnerSpan::partition).distinct())
        .contains("configmaps#4", "leases.coordination.k8s.io#2", "deployments.apps#0")
        .doesNotContain("configmaps#5", "leases.coordination.k8s.io#3");
    assertThat(replies(record.requests(), askers, "put")).isGreaterThan(300);
    assertThat(replies(record.requests(), askers, "patch")).isGreaterThan(100);
  }

  private static long replies(RequestTable requests, List<Asker> askers, String verb) {
    return IntStream.range(0, requests.size())
        .filter(request -> askers.get(requests.asker(request)).verb().equals(verb))
        .filter(requests::succeeded)
        .count();
  }
}

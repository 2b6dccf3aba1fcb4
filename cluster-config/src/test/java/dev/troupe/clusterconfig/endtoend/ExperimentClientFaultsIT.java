package dev.troupe.clusterconfig.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.troupe.testkit.experiment.record.ExperimentRecord;
import dev.troupe.testkit.experiment.record.FaultSpan;
import dev.troupe.testkit.members.NamespaceNetwork;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// What happens between clients and members, and packets that are lost between members.
@Timeout(600)
class ExperimentClientFaultsIT {

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  @Test
  @Tag("thorough")
  void clientsAreDisturbedAndNothingIsLost() {
    var record =
        new TriedExperiment(directory)
            .faults(
                """
                - {at: 1s, kind: lost-answers, who: all, percent: 5, for: 5s}
                - {at: 10s, kind: resets, who: any, on: clients, every: 1s, for: 3s}
                - {at: 16s, kind: half-open, who: any, on: clients, for: 3s}
                - {at: 23s, kind: latency, who: all, on: clients, delay: 600ms, for: 3s}
                - {at: 32s, kind: bandwidth, who: any, on: clients, kilobytes-per-second: 100, for: 3s}
                - {at: 40s, kind: stuck-watches, clients: 100, for: 5s}
                """,
                "8s");
    assertThat(TriedExperiment.kinds(record))
        .containsExactly(
            "lost-answers", "resets", "half-open", "latency", "bandwidth", "stuck-watches");
    assertThat(span(record, "stuck-watches").detail()).isEqualTo("100 of 100 watches were opened");
    assertThat(failed(record, span(record, "lost-answers"))).isPositive();
    assertThat(late(record, span(record, "latency"))).isGreaterThan(20);
  }

  @Test
  @Tag("thorough")
  void packetsAreLostBetweenMembers() {
    var obstacle = NamespaceNetwork.obstacleToLoss();
    assumeTrue(obstacle.isEmpty(), obstacle);
    var record =
        new TriedExperiment(directory)
            .faults("- {at: 1s, kind: packet-loss, who: other, percent: 20, for: 10s}", "10s");
    assertThat(TriedExperiment.kinds(record)).contains("packet-loss");
  }

  private static FaultSpan span(ExperimentRecord record, String kind) {
    return record.faults().stream()
        .filter(span -> span.kind().equals(kind))
        .findFirst()
        .orElseThrow();
  }

  private static long failed(ExperimentRecord record, FaultSpan during) {
    return due(record, during).filter(request -> !record.requests().succeeded(request)).count();
  }

  private static long late(ExperimentRecord record, FaultSpan during) {
    return due(record, during)
        .filter(request -> record.requests().waited(request) > 600_000)
        .count();
  }

  private static IntStream due(ExperimentRecord record, FaultSpan during) {
    var requests = record.requests();
    return IntStream.range(0, requests.size())
        .filter(request ->
            requests.due(request) >= during.from() && requests.due(request) <= during.to());
  }
}

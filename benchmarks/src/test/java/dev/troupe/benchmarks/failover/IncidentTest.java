package dev.troupe.benchmarks.failover;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/// What can be measured where.
class IncidentTest {

  private static FailoverBenchmark.Settings settings(Incident... incidents) {
    return new FailoverBenchmark.Settings(List.of(incidents), 1, 1);
  }

  @Test
  void nobodyIsCutOffWhereThereCanBeNoNamespaces() {
    assertThatThrownBy(
            () -> settings(Incident.kill, Incident.cut).requirePossible(() -> "not permitted"))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContainingAll("run this as root", "leave out cut", "not permitted");
  }

  @Test
  void cutIsMeasuredWhereThereCanBeNamespaces() {
    assertThatCode(() -> settings(Incident.cut).requirePossible(() -> ""))
        .doesNotThrowAnyException();
  }

  @Test
  void otherIncidentsNeedNoNamespaces() {
    assertThatCode(
            () -> settings(Incident.kill, Incident.freeze).requirePossible(() -> "not permitted"))
        .doesNotThrowAnyException();
  }
}

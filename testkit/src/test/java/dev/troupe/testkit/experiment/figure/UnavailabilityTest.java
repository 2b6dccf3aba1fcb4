package dev.troupe.testkit.experiment.figure;

import static dev.troupe.testkit.experiment.record.SampleRecords.MILLI;
import static dev.troupe.testkit.experiment.record.SampleRecords.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.testkit.experiment.record.ExperimentRecord;
import dev.troupe.testkit.experiment.record.PartitionShare;
import dev.troupe.testkit.experiment.record.RequestLog;
import dev.troupe.testkit.experiment.record.SampleRecords;
import java.util.List;
import org.junit.jupiter.api.Test;

/// In a run of ten seconds, of which a request may take half of one.
class UnavailabilityTest {

  private final RequestLog log = new RequestLog();

  private void asks(String client, long due, long end, String fault) {
    log.add(client, "get", "p#0", 0, due * MILLI, due * MILLI, end * MILLI, fault);
  }

  private Unavailability unavailability() {
    return Unavailability.of(
        new ExperimentRecord(
            SampleRecords.run("any"),
            List.of(new PartitionShare("p#0", 6)),
            log.table(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of()));
  }

  private double lostSeconds() {
    return unavailability().partitions().getFirst().lost() / SECOND;
  }

  @Test
  void failureLastsUntilTheNextSuccess() {
    asks("a", 1_000, 1_001, "503");
    asks("a", 2_000, 2_001, "503");
    asks("a", 3_000, 3_250, "");

    assertThat(lostSeconds()).isEqualTo(2.25);
    assertThat(unavailability().longest()).isEqualTo(2_250 * MILLI);
  }

  @Test
  void requestThatWaitedTooLongLastsAsLongAsItself() {
    asks("a", 1_000, 1_500, "");
    asks("a", 2_000, 2_501, "");
    asks("a", 3_000, 3_001, "");

    assertThat(lostSeconds()).isEqualTo(0.501);
  }

  /// All were due while the first one waited; they come late one after the other.
  @Test
  void whatOnlyWaitedForItsClientIsNotCountedAgain() {
    asks("a", 1_000, 3_000, "");
    asks("a", 1_500, 3_100, "");
    asks("a", 2_000, 3_200, "");
    asks("a", 2_500, 3_300, "");

    assertThat(lostSeconds()).isEqualTo(2);
  }

  @Test
  void failureOfOneThatOnlyWaitedCountsFromWhenItsClientWasServed() {
    asks("a", 1_000, 3_000, "");
    asks("a", 1_500, 3_100, "503");
    asks("a", 3_200, 3_300, "");

    assertThat(lostSeconds()).isEqualTo(2.3);
    assertThat(unavailability().longest()).isEqualTo(2_000 * MILLI);
  }

  @Test
  void whoIsNotServedAgainStaysSoUntilTheEnd() {
    asks("a", 8_000, 8_100, "refused");
    asks("a", 9_000, 20_000, "no answer");

    assertThat(lostSeconds()).isEqualTo(2);
  }

  /// One of three asks through a member that is frozen.
  @Test
  void partOfTheAskersIsPartOfTheObjects() {
    asks("a", 1_000, 4_000, "");
    asks("b", 1_000, 1_001, "");
    asks("c", 1_000, 1_001, "");

    assertThat(lostSeconds()).isEqualTo(1);
    assertThat(unavailability().objectSeconds()).isEqualTo(6);
  }

  @Test
  void partitionThatNobodyAsksForIsNotUnavailable() {
    assertThat(unavailability().objectSeconds()).isZero();
    assertThat(unavailability().partitions().getFirst().askers()).isZero();
  }

  @Test
  void listsOfSeveralPartitionsBelongToNone() {
    log.add("list", "list", "", 0, 1_000 * MILLI, 1_000 * MILLI, 9_000 * MILLI, "503");

    assertThat(unavailability().objectSeconds()).isZero();
    assertThat(unavailability().byVerb()).isEmpty();
  }
}

package dev.troupe.testkit.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.testkit.experiment.plan.MustHold;
import dev.troupe.testkit.experiment.record.InvariantVerdict;
import dev.troupe.testkit.experiment.record.InvariantVerdict.Verdict;
import dev.troupe.testkit.experiment.run.FaultDrive.Blackout;
import dev.troupe.testkit.load.DueRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoundVerdictsTest {

  private static final RunClock CLOCK = new RunClock(0, () -> 0, Instant.EPOCH);
  private static final long MILLI = 1_000_000;

  private static DueRequest write(long due, long end, String fault) {
    return new DueRequest("write a", 1, "pods#0", due * MILLI, due * MILLI, end * MILLI, fault);
  }

  private static List<InvariantVerdict> verdicts(
      MustHold mustHold, List<Blackout> blackouts, DueRequest... requests) {
    return new BoundVerdicts(List.of(requests), List.of(), new Waits(blackouts), CLOCK, 10_000_000)
        .of(mustHold);
  }

  private static MustHold writableWithin(int millis) {
    return new MustHold(List.of(), Duration.ofMillis(millis), null, null, null);
  }

  @Test
  void nothingIsHeldAgainstBoundsThatNobodySet() {
    assertThat(verdicts(new MustHold(List.of(), null, null, null, null), List.of())).isEmpty();
  }

  @Test
  void objectThatCannotBeWrittenForTooLongIsNamedWithItsTime() {
    var requests = new DueRequest[] {write(1_000, 1_100, "broken"), write(1_100, 4_500, "")};
    assertThat(verdicts(writableWithin(4_000), List.of(), requests))
        .singleElement()
        .satisfies(one -> assertThat(one.verdict()).isEqualTo(Verdict.HELD));
    assertThat(verdicts(writableWithin(3_000), List.of(), requests))
        .singleElement()
        .satisfies(one -> {
          assertThat(one.verdict()).isEqualTo(Verdict.BROKEN);
          assertThat(one.offences().getFirst().what())
              .contains("write a", "3.500 s", "from 1.000 s to 4.500 s");
        });
  }

  @Test
  void timeInWhichNobodyCanWriteDoesNotCount() {
    var blackout = List.of(new Blackout(500_000, 4_000_000));
    assertThat(verdicts(writableWithin(1_000), blackout, write(1_000, 4_500, "")))
        .singleElement()
        .satisfies(one -> assertThat(one.verdict()).isEqualTo(Verdict.HELD));
  }

  @Test
  void requestsThatFailAreToldIfThereAreMoreThanMay() {
    var requests = new DueRequest[] {write(1_000, 1_100, "503 later"), write(1_200, 1_300, "")};
    assertThat(
            verdicts(new MustHold(List.of(), null, null, null, 1), List.of(), requests)
                .getFirst()
                .verdict())
        .isEqualTo(Verdict.HELD);
    var none = verdicts(new MustHold(List.of(), null, null, null, 0), List.of(), requests);
    assertThat(none.getFirst().verdict()).isEqualTo(Verdict.BROKEN);
    assertThat(none.getFirst().offences())
        .singleElement()
        .satisfies(
            offence -> assertThat(offence.what()).contains("write a", "member 2", "503 later"));
  }
}

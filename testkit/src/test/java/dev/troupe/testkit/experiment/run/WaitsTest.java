package dev.troupe.testkit.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.testkit.experiment.run.FaultDrive.Blackout;
import dev.troupe.testkit.experiment.run.Waits.Wait;
import dev.troupe.testkit.load.DueRequest;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitsTest {

  private static final RunClock CLOCK = new RunClock(0, () -> 0, Instant.EPOCH);

  private static DueRequest request(long due, long end, String fault) {
    return new DueRequest("write a", 0, "pods#0", due * 1_000, due * 1_000, end * 1_000, fault);
  }

  private static List<Wait> waits(List<Blackout> blackouts, DueRequest... requests) {
    return new Waits(blackouts).of(List.of(requests), CLOCK, 100);
  }

  @Test
  void waitBeginsWithTheFirstRequestThatFailed() {
    assertThat(
            waits(
                List.of(),
                request(0, 1, ""),
                request(10, 20, "broken"),
                request(20, 30, "broken"),
                request(30, 45, "")))
        .containsExactly(new Wait(0, 1), new Wait(10, 45));
  }

  @Test
  void whoCatchesUpIsServedAgain() {
    assertThat(
            waits(
                List.of(),
                request(10, 45, ""),
                request(20, 47, ""),
                request(30, 60, "broken"),
                request(40, 61, "")))
        .containsExactly(new Wait(10, 45), new Wait(45, 47), new Wait(47, 61));
  }

  @Test
  void whoNeverSucceedsAgainWaitsToTheEnd() {
    assertThat(waits(List.of(), request(10, 20, "broken"))).containsExactly(new Wait(10, 100));
  }

  @Test
  void whatLiesInABlackoutDoesNotCount() {
    var blackout = List.of(new Blackout(12, 40));
    assertThat(waits(blackout, request(10, 20, "broken"), request(20, 45, "")))
        .containsExactly(new Wait(40, 45));
  }

  @Test
  void blackoutsOfAnotherTimeDoNotMatter() {
    var blackouts = List.of(new Blackout(0, 5), new Blackout(60, 70));
    assertThat(waits(blackouts, request(10, 45, ""))).containsExactly(new Wait(10, 45));
  }
}

package dev.troupe.testkit.experiment.observer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.testkit.experiment.record.OwnerSpan;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OwnerSpansTest {

  private final OwnerSpans spans = new OwnerSpans();

  private void looked(long micros, String owner, boolean serving) {
    spans.looked(micros, Map.of("pods#0", new PartitionHolding(owner, serving)));
  }

  @Test
  void whoIsSeenAgainAndAgainHasItAllTheTime() {
    looked(1, "m1", true);
    looked(2, "m1", true);
    assertThat(spans.until(5)).containsExactly(new OwnerSpan("pods#0", "m1", 1, 5));
  }

  @Test
  void nobodyHasItWhileItIsNotServed() {
    looked(1, "m1", true);
    looked(2, "m1", false);
    looked(3, "", false);
    looked(4, "m2", false);
    looked(5, "m2", true);
    assertThat(spans.until(9))
        .containsExactly(new OwnerSpan("pods#0", "m1", 1, 2), new OwnerSpan("pods#0", "m2", 5, 9));
  }

  @Test
  void itMayPassFromOneToAnotherBetweenTwoLooks() {
    looked(1, "m1", true);
    looked(2, "m2", true);
    assertThat(spans.until(2))
        .containsExactly(new OwnerSpan("pods#0", "m1", 1, 2), new OwnerSpan("pods#0", "m2", 2, 2));
  }

  @Test
  void whatNobodyTellsOfStaysAsItWas() {
    looked(1, "m1", true);
    spans.looked(2, Map.of());
    looked(3, "m1", true);
    assertThat(spans.until(4)).containsExactly(new OwnerSpan("pods#0", "m1", 1, 4));
  }
}

package dev.troupe.testkit.experiment.injector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.testkit.experiment.injector.RepeatedInjection.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepeatedInjectionTest {

  private final List<String> done = new ArrayList<>();
  private long millis;

  private Step step(String name, int lasts) {
    return new Step(() -> done.add(name + " at " + millis), Duration.ofMillis(lasts));
  }

  @Test
  void stepsFollowEachOtherUntilItEnds() {
    var injection =
        new RepeatedInjection(
            List.of(),
            List.of(step("cut", 10), step("join", 30)),
            () -> done.add("undone at " + millis),
            () -> Duration.ofMillis(millis).toNanos());
    injection.begin();
    while (millis < 55) {
      millis += 5;
      injection.proceed();
    }
    injection.end();
    millis += 100;
    injection.proceed();
    assertThat(done)
        .containsExactly("cut at 0", "join at 10", "cut at 40", "join at 50", "undone at 55");
  }
}

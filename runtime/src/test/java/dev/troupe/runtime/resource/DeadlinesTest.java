package dev.troupe.runtime.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadlinesTest {

  private final Deadlines deadlines = new Deadlines();
  private final List<String> late = new ArrayList<>();

  @Test
  void whoWaitsTooLongIsToldOnce() {
    deadlines.begin(100, () -> late.add("early"));
    deadlines.begin(200, () -> late.add("later"));

    deadlines.look(100);
    assertThat(late).isEmpty();
    deadlines.look(101);
    deadlines.look(102);

    assertThat(late).containsExactly("early");
    assertThat(deadlines.size()).isEqualTo(1);
  }

  @Test
  void whoWaitsNoLongerIsForgotten() {
    var waiting = deadlines.begin(100, () -> late.add("over"));

    deadlines.end(waiting);
    deadlines.look(1_000);

    assertThat(late).isEmpty();
    assertThat(deadlines.size()).isZero();
  }
}

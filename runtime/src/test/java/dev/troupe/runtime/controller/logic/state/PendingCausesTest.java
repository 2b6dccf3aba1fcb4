package dev.troupe.runtime.controller.logic.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.controller.Cause;
import java.util.List;
import org.junit.jupiter.api.Test;

class PendingCausesTest {

  private final PendingCauses pending = new PendingCauses();

  @Test
  void changesGoTogetherWithWhatHappenedOnce() {
    pending.call(
        List.of(new Cause.Changed(), new Cause.TimerFired("a"), new Cause.TimerFired("b")));

    var first = pending.take(false);
    assertThat(first.chosen()).isEqualTo(new Cause.TimerFired("a"));
    assertThat(first.all()).containsExactly(new Cause.Changed(), new Cause.TimerFired("a"));
    assertThat(pending.take(false).all()).containsExactly(new Cause.TimerFired("b"));
    assertThat(pending.isEmpty()).isTrue();
  }

  /// Whoever decides by the cause alone would never learn of the deletion otherwise.
  @Test
  void deletionIsToldThoughATimerFiresAtTheSameTime() {
    pending.call(List.of(new Cause.Changed(), new Cause.TimerFired("a")));

    assertThat(pending.take(true).all()).containsExactly(new Cause.TimerFired("a"));
    assertThat(pending.take(true).chosen()).isEqualTo(new Cause.Deleting());
    assertThat(pending.isEmpty()).isTrue();
  }
}

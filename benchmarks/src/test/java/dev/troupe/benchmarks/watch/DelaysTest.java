package dev.troupe.benchmarks.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DelaysTest {

  private static final long MILLI = 1_000_000;

  @Test
  void eventsAreThoseOfVersionsWhateverTheOrderOfAcknowledgements() {
    var written = new AcknowledgedWrites();
    written.add(12, 0, 40 * MILLI);
    written.add(11, 0, 10 * MILLI);

    var delays = Delays.of(written.inOrder(), List.of(watcher(15, 41)));

    assertThat(Delays.millis(delays.events(), 0)).isCloseTo(1, within(0.01));
    assertThat(Delays.millis(delays.events(), 100)).isCloseTo(5, within(0.01));
  }

  @Test
  void eventBeforeItsAcknowledgementIsNotLate() {
    var written = new AcknowledgedWrites();
    written.add(1, 0, 20 * MILLI);

    assertThat(Delays.millis(Delays.of(written.inOrder(), List.of(watcher(18))).events(), 100))
        .isZero();
  }

  @Test
  void eventIsAsLateAsItsLastWatcher() {
    var written = new AcknowledgedWrites();
    written.add(1, 0, 0);

    var delays = Delays.of(written.inOrder(), List.of(watcher(3), watcher(9), watcher(1)));

    assertThat(delays.last().getTotalCount()).isEqualTo(1);
    assertThat(Delays.millis(delays.last(), 100)).isCloseTo(9, within(0.01));
  }

  @Test
  void writeTakesFromWhenItWasDue() {
    var written = new AcknowledgedWrites();
    written.add(1, 5 * MILLI, 30 * MILLI);

    var delays = Delays.of(written.inOrder(), List.of(watcher(30)));

    assertThat(Delays.millis(delays.writes(), 100)).isCloseTo(25, within(0.03));
  }

  @Test
  void piecesOfAStreamAreCountedByTheirLines() {
    var arrivals = new Arrivals();
    arrivals.expect(3);

    arrivals.add(lines("{\"type\":\"ADDED\"}\n{\"ty"), 7);
    arrivals.add(lines("pe\":\"ADDED\"}\n{}\n"), 9);

    assertThat(arrivals.isComplete()).isTrue();
    assertThat(List.of(arrivals.moment(0), arrivals.moment(1), arrivals.moment(2)))
        .containsExactly(7L, 9L, 9L);
  }

  private static int lines(String piece) {
    return ApiWatches.lines(io.vertx.core.buffer.Buffer.buffer(piece));
  }

  private static Arrivals watcher(long... millis) {
    var arrivals = new Arrivals();
    arrivals.expect(millis.length);
    Arrays.stream(millis).forEach(moment -> arrivals.add(1, moment * MILLI));
    return arrivals;
  }
}

package dev.troupe.testkit.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LinkPacingTest {

  private static final long MILLI = 1_000_000;
  private static final LinkCondition SLOW =
      LinkCondition.CLEAR.withLatency(Duration.ofMillis(30), Duration.ZERO);

  private static LinkPacing pacing(long seed) {
    return new LinkPacing(new SplittableRandom(seed));
  }

  @Test
  void clearLinkLetsGoWhatHasCome() {
    var pacing = pacing(1);
    assertThat(pacing.goes(pacing.arrived(5), 1_000_000, LinkCondition.CLEAR)).isEqualTo(5);
  }

  @Test
  void latencyCountsFromWhenSomethingCame() {
    var pacing = pacing(1);
    var arrival = pacing.arrived(5 * MILLI);
    assertThat(pacing.goes(arrival, 1, SLOW)).isEqualTo(35 * MILLI);
    assertThat(pacing.goes(arrival, 1, LinkCondition.CLEAR)).isEqualTo(5 * MILLI);
  }

  @Test
  void sameSeedGivesTheSameJitterWithinItsBound() {
    var jittery = LinkCondition.CLEAR.withLatency(Duration.ZERO, Duration.ofMillis(10));
    var first = delays(pacing(7), jittery);
    assertThat(first)
        .isEqualTo(delays(pacing(7), jittery))
        .isNotEqualTo(delays(pacing(8), jittery));
    assertThat(LongStream.of(first)).allMatch(delay -> delay >= 0 && delay < 10 * MILLI);
    assertThat(LongStream.of(first).distinct().count()).isGreaterThan(50);
  }

  private static long[] delays(LinkPacing pacing, LinkCondition condition) {
    return LongStream.range(0, 100)
        .map(nanos -> pacing.goes(pacing.arrived(nanos), 1, condition) - nanos)
        .toArray();
  }

  @Test
  void narrowLinkTakesItsTimeForEachByte() {
    var pacing = pacing(1);
    var narrow = LinkCondition.CLEAR.withBytesPerSecond(1_000_000);
    var arrival = pacing.arrived(0);
    assertThat(LinkPacing.portion(50_000, narrow)).isEqualTo(20_000);
    long first = pacing.goes(arrival, 20_000, narrow);
    assertThat(first).isEqualTo(20 * MILLI);
    pacing.lineIsFree(first);
    assertThat(pacing.goes(arrival, 20_000, narrow)).isEqualTo(40 * MILLI);
  }

  @Test
  void narrowestLinkLetsOneByteGoAtATime() {
    assertThat(LinkPacing.portion(100, LinkCondition.CLEAR.withBytesPerSecond(1))).isOne();
    assertThat(LinkPacing.portion(100, LinkCondition.CLEAR)).isEqualTo(100);
  }
}

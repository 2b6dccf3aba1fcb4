package dev.troupe.testkit.experiment.figure;

import static dev.troupe.testkit.experiment.record.SampleRecords.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.testkit.experiment.record.OwnerSpan;
import dev.troupe.testkit.experiment.record.RequestLog;
import dev.troupe.testkit.experiment.record.RequestTable;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LoadTimelineTest {

  /// Buckets of two seconds; in the second one a second is empty.
  @Test
  void longBucketsKeepTheSlowestAndTheFastestSecond() {
    var log = new RequestLog();
    for (int i = 0; i < 12; i++) {
      long due = i < 10 ? i * SECOND / 5 : 3 * SECOND + i;
      log.add("a", "get", "p#0", 0, due, due, due + 1, "");
    }

    var timeline = LoadTimeline.of(log.table(), Buckets.of(4 * SECOND, 2), _ -> true);

    assertThat(timeline.buckets().width()).isEqualTo(2 * SECOND);
    var first = timeline.moments().get(0);
    assertThat(List.of(first.least(), first.answered(), first.most())).containsExactly(5., 5., 5.);
    var second = timeline.moments().get(1);
    assertThat(List.of(second.least(), second.answered(), second.most()))
        .containsExactly(0., 1., 2.);
  }

  @Test
  void bucketWithoutRequestsHasNoWaits() {
    var timeline = LoadTimeline.of(RequestTable.empty(), Buckets.of(SECOND, 400), _ -> true);

    assertThat(timeline.moments()).hasSize(10);
    assertThat(timeline.moments().getFirst().half()).isEqualTo(-1);
    assertThat(timeline.longest()).isEqualTo(-1);
    assertThat(timeline.highest()).isZero();
  }

  @Test
  void whatIsAnsweredBehindTheEndIsNotInTheRate() {
    var log = new RequestLog();
    log.add("a", "get", "p#0", 0, 900_000, 900_000, 1_500_000, "");

    var timeline = LoadTimeline.of(log.table(), Buckets.of(SECOND, 400), _ -> true);

    assertThat(timeline.highest()).isZero();
    assertThat(timeline.moments().getLast().longest()).isEqualTo(600_000);
  }

  @Test
  void hundredthOfAHundredIsBeyondTheNinetyNinth() {
    var values = LongStream.rangeClosed(1, 100).toArray();

    assertThat(Percentile.of(values, Percentile.HALF)).isEqualTo(50);
    assertThat(Percentile.of(values, Percentile.NINETY_NINE)).isEqualTo(99);
    assertThat(Percentile.of(values, 1)).isEqualTo(100);
    assertThat(Percentile.of(new long[0], Percentile.HALF)).isEqualTo(-1);
  }

  @Test
  void partitionsAreInTheOrderOfPeople() {
    assertThat(
            Stream.of("pods#10", "", "pods#9", "configmaps#2", "pods#x", "leases")
                .sorted(new PartitionOrder()))
        .containsExactly("", "configmaps#2", "leases", "pods#x", "pods#9", "pods#10");
  }

  @Test
  void memberHoldsWhatItWasGivenAndNotYetGivenUp() {
    var holdings =
        Holdings.of(
            "m1",
            List.of(
                new OwnerSpan("p#0", "m1", 0, 50),
                new OwnerSpan("p#1", "m1", 20, 50),
                new OwnerSpan("p#2", "m1", 50, 60),
                new OwnerSpan("p#0", "m2", 50, 60)));

    assertThat(holdings.changes())
        .containsExactly(
            new Holdings.Level(0, 1),
            new Holdings.Level(20, 2),
            new Holdings.Level(50, 1),
            new Holdings.Level(60, 0));
    assertThat(holdings.most()).isEqualTo(2);
  }
}

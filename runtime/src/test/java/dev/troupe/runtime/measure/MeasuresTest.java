package dev.troupe.runtime.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.memory.InMemoryEventStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What is counted and timed, by label, and bounded.
class MeasuresTest {

  @Test
  void countsAreKeptByLabel() {
    var tally = new Tally("troupe_letters", "Letters", "direction", "kind");
    tally.add("sent", "Write");
    tally.add("sent", "Write");
    tally.add("received", "Write");

    var count = (Figure.Count) tally.figure();
    assertThat(count.samples())
        .containsExactlyInAnyOrder(
            new Figure.Sample(Map.of("direction", "sent", "kind", "Write"), 2),
            new Figure.Sample(Map.of("direction", "received", "kind", "Write"), 1));
    assertThatThrownBy(() -> tally.add("sent")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void labelsAreBoundedAndNothingIsLost() {
    var tally = new Tally("troupe_votes", "Votes", "peer");
    IntStream.range(0, 1_000).forEach(peer -> tally.add("10.0.0.1:" + peer));

    var samples = ((Figure.Count) tally.figure()).samples();
    assertThat(samples).hasSize(Labelled.MOST + 1);
    assertThat(samples.stream().mapToDouble(Figure.Sample::value).sum()).isEqualTo(1_000);
    assertThat(samples).contains(new Figure.Sample(Map.of("peer", "other"), 1_000 - Labelled.MOST));
  }

  @Test
  void durationsFallIntoTheirClass() {
    var durations = new Durations("troupe_opening_seconds", "Openings");
    durations.add(Duration.ofMillis(1).toNanos());
    durations.add(Duration.ofMillis(2).toNanos());
    durations.add(Duration.ofMinutes(1).toNanos());

    var histogram = (Figure.Histogram) durations.figure();
    var only = histogram.samples().getFirst();
    assertThat(only.counts()).hasSize(histogram.bounds().size() + 1);
    assertThat(only.counts().get(histogram.bounds().indexOf(0.001))).isEqualTo(1);
    assertThat(only.counts().get(histogram.bounds().indexOf(0.0025))).isEqualTo(1);
    assertThat(only.counts().getLast()).isEqualTo(1);
    assertThat(only.sum()).isEqualTo(60.003);
  }

  @Test
  void storeIsTimedWhetherItAnswersOrNot() {
    var clock = new AtomicLong();
    var store = new InMemoryEventStore(InstantSource.system());
    var measured = new MeasuredStore(store, () -> clock.getAndAdd(Duration.ofMillis(3).toNanos()));
    var partition = new PartitionId(TypeRef.parse("pods"), 0);

    measured.open(partition);
    store.close();
    measured.open(partition);

    assertThat(((Figure.Histogram) measured.figures().getFirst()).samples())
        .allSatisfy(sample -> assertThat(sample.sum()).isEqualTo(0.003))
        .extracting(Figure.Distribution::labels)
        .containsExactlyInAnyOrder(
            Map.of("operation", "open", "outcome", "answered"),
            Map.of("operation", "open", "outcome", "failed"));
  }

  @Test
  void commitsAreThoseThatStoredSomething() {
    var clock = new AtomicLong();
    var store = new InMemoryEventStore(InstantSource.system());
    var measured = new MeasuredStore(store, () -> clock.getAndAdd(Duration.ofMillis(3).toNanos()));
    var partition = new PartitionId(TypeRef.parse("pods"), 0);
    long epoch = measured.open(partition).toCompletableFuture().join().epoch();

    append(measured, partition, epoch + 1);
    assertThat(measured.recentCommits()).isEmpty();
    append(measured, partition, epoch);

    long step = Duration.ofMillis(3).toNanos();
    assertThat(measured.recentCommits()).contains(new EventStore.Commits(1, step, step, step));
    assertThat(measured.figures())
        .extracting(Figure::name)
        .contains("troupe_store_commit_seconds", "troupe_store_last_commit_age_seconds");
  }

  private static void append(EventStore store, PartitionId partition, long epoch) {
    var group = new EventStore.Group(partition, epoch, List.of(), Map.of("fact", new byte[1]));
    store.append(List.of(group)).toCompletableFuture().join();
  }

  @Test
  void lastCommitsAreRememberedAndNoneBefore() {
    var commits = new RecentCommits();
    assertThat(commits.report(0)).isEmpty();

    IntStream.rangeClosed(1, 1_000).forEach(took -> commits.add(took, 5_000 + took));

    assertThat(RecentCommits.MOST).isEqualTo(512);
    assertThat(commits.report(6_007)).contains(new EventStore.Commits(512, 744, 995, 7));
  }
}

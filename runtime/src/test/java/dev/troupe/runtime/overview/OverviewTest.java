package dev.troupe.runtime.overview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.api.resource.Version;
import dev.troupe.runtime.collection.PartitionReport;
import dev.troupe.runtime.measure.Trail.Behind;
import dev.troupe.runtime.overview.Overview.MemberReport;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.PartitionId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What members tell of themselves, put together.
class OverviewTest {

  private static final TypeRef PODS = TypeRef.core("pods");
  private static final PartitionId FIRST = new PartitionId(PODS, 0);
  private static final PartitionId SECOND = new PartitionId(PODS, 1);
  private static final PartitionId ALONE = new PartitionId(TypeRef.core("nodes"), 0);
  private static final long NOW = 1_000_000;
  private static final EventStore.Commits COMMITS = new EventStore.Commits(9, 1, 2, 3);

  private static PartitionReport serving(PartitionId id, String owner, long epoch, long ago) {
    return new PartitionReport(id, owner, true, epoch, 5, Version.atMillis(NOW - ago));
  }

  private static SelfReport told(String member, HeldReport held, PartitionReport... partitions) {
    return new SelfReport(member, List.of(partitions), COMMITS, List.of(held), List.of());
  }

  private static HeldReport held(PartitionId slowest, int changes, long millis) {
    return new HeldReport(PODS, slowest, changes, Duration.ofMillis(millis));
  }

  private static Overview overview(SelfReport... told) {
    return Overview.of(
        List.of(MemberReport.silent("one", "up"), MemberReport.silent("two", "leaving")),
        List.of(
            PartitionReport.unknown(FIRST),
            PartitionReport.unknown(SECOND),
            PartitionReport.unknown(ALONE)),
        List.of(),
        List.of(told),
        NOW);
  }

  @Test
  void whoHasNotToldAnythingHasARow() {
    var overview = overview(told("one", held(FIRST, 0, 0)));

    assertThat(overview.seenBy()).isEqualTo("one");
    assertThat(overview.members())
        .containsExactly(
            new MemberReport("one", "up", true, COMMITS), MemberReport.silent("two", "leaving"));
  }

  @Test
  void newerEpochIsBelieved() {
    var zombie = told("one", held(FIRST, 0, 0), serving(FIRST, "one", 5, 0));
    var owner = told("two", held(FIRST, 0, 0), serving(FIRST, "two", 6, 0));

    assertThat(overview(zombie, owner).partitions().getFirst().owner()).isEqualTo("two");
  }

  @Test
  void slowestPromiseOfEachSplitCollectionIsShown() {
    var one =
        told(
            "one",
            held(FIRST, 0, 0),
            serving(FIRST, "one", 1, 30),
            serving(ALONE, "one", 1, 9_000));
    var two = told("two", held(FIRST, 0, 0), serving(SECOND, "two", 1, 800));

    assertThat(overview(one, two).promises())
        .containsExactly(
            new PromiseReport(PODS, 2, SECOND, Duration.ofMillis(800), 0, Duration.ZERO));
  }

  @Test
  void partitionThatNobodyServesHasPromisedNothing() {
    var one = told("one", held(FIRST, 0, 0), serving(FIRST, "one", 1, 30));

    assertThat(overview(one).promises())
        .containsExactly(new PromiseReport(PODS, 2, SECOND, null, 0, Duration.ZERO));
  }

  @Test
  void longestWaitForAPromiseIsShownWithWhomIsWaitedFor() {
    var one = told("one", held(SECOND, 7, 40), serving(FIRST, "one", 1, 900));
    var two = told("two", held(FIRST, 3, 600), serving(SECOND, "two", 1, 950));

    assertThat(overview(one, two).promises())
        .containsExactly(
            new PromiseReport(PODS, 2, FIRST, Duration.ofMillis(950), 3, Duration.ofMillis(600)));
  }

  @Test
  void streamsToAMemberAreAsSlowAsTheSlowest() {
    var streams =
        StreamReport.none("one", "two")
            .with(ALONE, Behind.NOTHING, NOW)
            .with(FIRST, new Behind(3, Version.atMillis(NOW - 100)), NOW)
            .with(SECOND, new Behind(4, Version.atMillis(NOW - 700)), NOW)
            .with(ALONE, Behind.NOTHING, NOW);

    assertThat(streams)
        .isEqualTo(new StreamReport("one", "two", 4, 7, Duration.ofMillis(700), SECOND));
  }
}

package dev.troupe.runtime.relay.logic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.resources.codec.index.IndexEntryReader;
import dev.troupe.runtime.collection.Resources.ExpiredException;
import dev.troupe.runtime.collection.Resources.UnavailableException;
import dev.troupe.runtime.collection.WatchItem;
import dev.troupe.runtime.collection.protocol.StreamItem;
import dev.troupe.runtime.collection.protocol.StreamedItem;
import dev.troupe.runtime.measure.Trail;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.resource.logic.Writes;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.WriteCause;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RelayLogicTest {

  private static final PartitionId ONE = new PartitionId(Writes.COLLECTION, 0);
  private static final PartitionId TWO = new PartitionId(Writes.COLLECTION, 1);
  private static final IndexEntryReader READER = IndexEntryReader.of(Writes.TYPE);

  private static final int CREDIT = 8;

  private final Map<Long, List<Long>> delivered = new HashMap<>();
  private final Map<Long, RuntimeException> ended = new HashMap<>();
  private final List<Long> reads = new ArrayList<>();
  private final List<Long> promises = new ArrayList<>();
  private final List<RelayEffect.Follow> followed = new ArrayList<>();
  private final List<RelayEffect.Credit> credits = new ArrayList<>();
  private long lastRequest;

  private final MergeBoard board = new MergeBoard();
  private final RelayLogic relay = new RelayLogic(List.of(ONE), 4, 1 << 20, CREDIT, board);

  @Test
  void watcherGetsWhatComesAfterItsPosition() {
    start(ONE, 1, 1_000);
    watch(1, 1_100);

    stream(ONE, 1, 1_000, 1_100);
    stream(ONE, 1, 1_100, 1_200);

    assertThat(delivered.get(1L)).containsExactly(1_200L);
  }

  @Test
  void logIsCutWhereALowerVersionIsInFlight() {
    start(ONE, 1, 1_000);
    watch(1, 500);

    // 1,300 is stored and not released, because 1,200 is still in flight.
    tell(read(lastRequest, tail(0, 600, 1_000, 1_300)));

    assertThat(delivered.get(1L)).containsExactly(600L, 1_000L);
    stream(ONE, 1, 1_000, 1_200);
    stream(ONE, 1, 1_200, 1_300);
    assertThat(delivered.get(1L)).containsExactly(600L, 1_000L, 1_200L, 1_300L);
  }

  @Test
  void whatIsLostOnTheWayIsReadFromTheLog() {
    start(ONE, 1, 1_000);
    watch(1, 1_000);

    stream(ONE, 1, 1_200, 1_300);

    assertThat(reads).containsExactly(1_000L);
    assertThat(delivered).doesNotContainKey(1L);
    tell(read(lastRequest, tail(0, 1_100, 1_200, 1_300)));
    assertThat(delivered.get(1L)).containsExactly(1_100L, 1_200L, 1_300L);
  }

  @Test
  void heartbeatTellsThatTheLastItemWasLost() {
    start(ONE, 1, 1_000);
    watch(1, 1_000);

    tell(streamed(new StreamItem.Heartbeat(ONE, 1, 1_100, 1_100)));
    tell(read(lastRequest, tail(0, 1_100)));

    assertThat(delivered.get(1L)).containsExactly(1_100L);
  }

  @Test
  void nextEpochBeginsWithWhatTheFormerLeftInTheLog() {
    start(ONE, 1, 1_000);
    watch(1, 1_000);
    stream(ONE, 1, 1_000, 1_100);

    start(ONE, 2, 2_000);
    stream(ONE, 2, 2_000, 2_100);
    tell(read(lastRequest, tail(0, 1_200)));

    assertThat(delivered.get(1L)).containsExactly(1_100L, 1_200L, 2_100L);
  }

  @Test
  void logThatWasReadBeforeTheEpochEndedIsReadAgain() {
    start(ONE, 1, 1_000);
    watch(1, 1_000);
    stream(ONE, 1, 1_100, 1_200);
    long before = lastRequest;

    // 1,300 is stored by the old epoch when the log has been asked already.
    start(ONE, 2, 2_000);
    tell(read(before, tail(0, 1_100, 1_200)));
    tell(read(lastRequest, tail(0, 1_200, 1_300)));

    assertThat(delivered.get(1L)).containsExactly(1_100L, 1_200L, 1_300L);
  }

  @Test
  void watcherAtTheEndIsToldThatTheLogNoLongerHasWhatItMissed() {
    start(ONE, 1, 1_000);
    watch(1, 1_000);
    stream(ONE, 1, 1_000, 1_100);

    stream(ONE, 1, 1_400, 1_500);
    tell(read(lastRequest, tail(1_300)));
    stream(ONE, 1, 1_500, 1_600);
    tell(read(lastRequest, tail(1_300)));

    assertThat(delivered.get(1L)).containsExactly(1_100L);
    assertThat(ended.get(1L)).isInstanceOf(ExpiredException.class);
  }

  @Test
  void itemsOfAnOlderEpochAreDiscarded() {
    start(ONE, 2, 2_000);
    watch(1, 2_000);

    stream(ONE, 1, 1_000, 2_100);

    assertThat(delivered).doesNotContainKey(1L);
  }

  @Test
  void lostStartOfAnEpochIsNoticed() {
    start(ONE, 1, 1_000);
    watch(1, 1_000);

    stream(ONE, 2, 2_000, 2_100);
    tell(read(lastRequest, tail(0, 1_500)));

    assertThat(delivered.get(1L)).containsExactly(1_500L, 2_100L);
  }

  @Test
  void slowWatcherIsFedFromTheLog() {
    start(ONE, 1, 1_000);
    tell(new RelayMessage.Watch(1, 1_000));
    for (long version = 1_001; version <= 1_010; version++) {
      stream(ONE, 1, version - 1, version);
    }

    tell(new RelayMessage.Request(1, 100));
    assertThat(reads).containsExactly(1_000L);
    tell(
        read(
            lastRequest,
            tail(0, 1_001, 1_002, 1_003, 1_004, 1_005, 1_006, 1_007, 1_008, 1_009, 1_010)));
    stream(ONE, 1, 1_010, 1_011);

    assertThat(delivered.get(1L))
        .containsExactly(
            1_001L, 1_002L, 1_003L, 1_004L, 1_005L, 1_006L, 1_007L, 1_008L, 1_009L, 1_010L, 1_011L);
  }

  @Test
  void whatIsOldIsInTheLogAlone() {
    start(ONE, 1, 1_000);
    stream(ONE, 1, 1_000, 1_100);
    for (int tick = 0; tick < Ring.TICKS; tick++) {
      tell(new RelayMessage.Tick());
    }
    watch(1, 1_000);
    assertThat(delivered.get(1L)).containsExactly(1_100L);

    stream(ONE, 1, 1_100, 1_200);
    tell(new RelayMessage.Tick());
    watch(2, 1_000);
    watch(3, 1_100);

    assertThat(reads).containsExactly(1_000L);
    assertThat(delivered.get(3L)).containsExactly(1_200L);
  }

  @Test
  void fewReadTheLogAtOnce() {
    start(ONE, 1, 1_000);
    for (int watcher = 1; watcher <= 9; watcher++) {
      watch(watcher, 500 + watcher);
    }
    assertThat(reads).containsExactly(501L, 502L, 503L, 504L);

    tell(new RelayMessage.Cancel(5));
    tell(new RelayMessage.ReadFailed(1, "no answer"));
    assertThat(reads).endsWith(506L).hasSize(5);

    tell(read(2, tail(0, 1_000)));
    assertThat(delivered.get(2L)).containsExactly(1_000L);
    assertThat(reads).endsWith(507L).hasSize(6);
  }

  @Test
  void whatDoesNotFitIntoOneReadComesWithTheNext() {
    start(ONE, 1, 1_000);
    watch(1, 500);

    tell(read(lastRequest, new EventStore.Tail(List.of(event(ONE, 1, 700)), 0, false)));
    tell(read(lastRequest, new EventStore.Tail(List.of(event(ONE, 1, 800)), 0, false)));
    tell(read(lastRequest, tail(0, 900)));

    assertThat(delivered.get(1L)).startsWith(700L, 800L, 900L);
    assertThat(reads).containsExactly(500L, 700L, 800L);
  }

  @Test
  void watcherGetsNoMoreThanItAskedFor() {
    start(ONE, 1, 1_000);
    tell(new RelayMessage.Watch(1, 1_000));
    tell(new RelayMessage.Request(1, 1));

    stream(ONE, 1, 1_000, 1_100);
    stream(ONE, 1, 1_100, 1_200);

    assertThat(delivered.get(1L)).containsExactly(1_100L);
  }

  @Test
  void positionBelowTheHorizonHasExpired() {
    start(ONE, 1, 1_000);
    watch(1, 500);

    tell(read(lastRequest, tail(600)));

    assertThat(ended.get(1L)).isInstanceOf(ExpiredException.class);
  }

  @Test
  void progressIsToldToThoseWhoHaveEverything() {
    start(ONE, 1, 1_000);
    watch(1, 1_000);

    tell(streamed(new StreamItem.Heartbeat(ONE, 1, 1_000, 1_500)));
    tell(new RelayMessage.Tick());
    tell(new RelayMessage.Tick());

    assertThat(delivered.get(1L)).containsExactly(-1_500L);
  }

  @Test
  void partitionsAreMergedByVersionAndTheIdleOneIsAskedForAPromise() {
    var merging = new RelayLogic(List.of(ONE, TWO), 1 << 20, board);
    tell(merging, streamed(new StreamItem.Started(ONE, 1, 1_000)));
    tell(merging, streamed(new StreamItem.Started(TWO, 1, 1_000)));
    tell(merging, new RelayMessage.Watch(1, 1_000));
    tell(merging, new RelayMessage.Request(1, 100));

    tell(merging, streamed(item(ONE, 1, 1_000, 1_200)));
    assertThat(delivered).doesNotContainKey(1L);
    assertThat(promises).containsExactly(1_200L);

    tell(merging, streamed(item(TWO, 1, 1_000, 1_100)));
    assertThat(delivered.get(1L)).containsExactly(1_100L);
    tell(merging, streamed(new StreamItem.Heartbeat(TWO, 1, 1_100, 1_200)));
    assertThat(delivered.get(1L)).containsExactly(1_100L, 1_200L);
  }

  @Test
  void boardShowsWhatIsHeldBackAndForWhom() {
    var merging = new RelayLogic(List.of(ONE, TWO), 1 << 20, board);
    assertThat(board.merging()).isEmpty();
    tell(merging, streamed(new StreamItem.Started(ONE, 1, 1_000)));
    assertThat(board.merging()).contains(new MergeBoard.Merging(TWO, 0, 0, 0));
    tell(merging, streamed(new StreamItem.Started(TWO, 1, 1_000)));

    tell(merging, streamed(item(ONE, 1, 1_000, 1_200)));
    tell(merging, streamed(item(ONE, 1, 1_200, 1_300)));
    assertThat(board.merging()).contains(new MergeBoard.Merging(TWO, 1_000, 2, 1_200));
    assertThat(board.merged().behind(0)).isEqualTo(Trail.Behind.NOTHING);

    tell(merging, streamed(new StreamItem.Heartbeat(TWO, 1, 1_000, 1_250)));
    assertThat(board.merging()).contains(new MergeBoard.Merging(TWO, 1_250, 1, 1_300));
    assertThat(board.merged().behind(0)).isEqualTo(new Trail.Behind(1, 1_200));
    tell(merging, streamed(new StreamItem.Heartbeat(TWO, 1, 1_000, 1_400)));
    assertThat(board.merging()).contains(new MergeBoard.Merging(ONE, 1_300, 0, 0));
    assertThat(board.merged().behind(1_200)).isEqualTo(new Trail.Behind(1, 1_300));
  }

  @Test
  void slowPartitionIsAskedForOnePromiseAtATime() {
    var merging = new RelayLogic(List.of(ONE, TWO), 1 << 20, board);
    tell(merging, streamed(new StreamItem.Started(ONE, 1, 1_000)));
    tell(merging, streamed(new StreamItem.Started(TWO, 1, 1_000)));

    tell(merging, streamed(item(ONE, 1, 1_000, 1_100)));
    tell(merging, streamed(item(ONE, 1, 1_100, 1_200)));
    tell(merging, streamed(item(ONE, 1, 1_200, 1_300)));
    assertThat(promises).containsExactly(1_100L);

    tell(merging, streamed(new StreamItem.Heartbeat(TWO, 1, 1_000, 1_100)));
    assertThat(promises).containsExactly(1_100L, 1_300L);

    // The answer may have been lost.
    tell(merging, new RelayMessage.Tick());
    assertThat(promises).containsExactly(1_100L, 1_300L, 1_300L);
  }

  @Test
  void partitionThatIsHereAgainIsFollowedAgain() {
    tell(new RelayMessage.Start());
    tell(new RelayMessage.Arrived(ONE));
    tell(new RelayMessage.Lost(ONE));
    tell(new RelayMessage.Arrived(ONE));

    assertThat(followed)
        .containsExactly(
            new RelayEffect.Follow(ONE, 1, CREDIT), new RelayEffect.Follow(ONE, 2, CREDIT));
  }

  @Test
  void lostFollowIsRepeated() {
    tell(new RelayMessage.Start());
    tell(new RelayMessage.Arrived(ONE));
    var first = followed.getFirst();

    tell(new RelayMessage.Tick());
    tell(new RelayMessage.Tick());
    assertThat(followed).containsExactly(first, first, first);

    deliver(1, 0, new StreamItem.Started(ONE, 1, 1_000));
    tell(new RelayMessage.Tick());
    assertThat(followed).hasSize(3);
  }

  /// Beyond what is known to have come the partition counts what it has sent.
  @Test
  void lostItemsCostNoCredit() {
    tell(new RelayMessage.Arrived(ONE));
    deliver(1, 0, new StreamItem.Started(ONE, 1, 1_000));

    deliver(1, CREDIT / 2 - 1, item(ONE, 1, 1_400, 1_500));
    assertThat(credits).isEmpty();
    deliver(1, CREDIT, new StreamItem.Heartbeat(ONE, 1, 1_600, 1_600));

    var more = new RelayEffect.Credit(ONE, 1, 2 * CREDIT, 1_000);
    assertThat(credits).containsExactly(more);
    tell(new RelayMessage.Tick());
    assertThat(credits).as("it may be lost, too").containsExactly(more, more);
  }

  @Test
  void silenceOfThreeSecondsFollowsAnew() {
    tell(new RelayMessage.Arrived(ONE));
    deliver(1, 0, new StreamItem.Started(ONE, 1, 1_000));
    watch(1, 1_000);
    for (int tick = 0; tick < 3; tick++) {
      tell(new RelayMessage.Tick());
    }
    assertThat(followed).hasSize(1);

    tell(new RelayMessage.Tick());

    assertThat(followed).endsWith(new RelayEffect.Follow(ONE, 2, CREDIT)).hasSize(2);
    deliver(1, 1, item(ONE, 1, 1_000, 1_100));
    assertThat(delivered).doesNotContainKey(1L);
    deliver(2, 1, item(ONE, 1, 1_000, 1_100));
    assertThat(delivered.get(1L)).containsExactly(1_100L);
  }

  private void deliver(long attempt, long sent, StreamItem item) {
    tell(new RelayMessage.Streamed(new StreamedItem(attempt, sent, item)));
  }

  @Test
  void watchIsInterruptedWhenTheRelayEnds() {
    start(ONE, 1, 1_000);
    watch(1, 1_000);

    tell(new RelayMessage.Abandon());

    assertThat(ended.get(1L)).isInstanceOf(UnavailableException.class);
  }

  private void start(PartitionId partition, long epoch, long version) {
    tell(streamed(new StreamItem.Started(partition, epoch, version)));
  }

  private void stream(PartitionId partition, long epoch, long previous, long version) {
    tell(streamed(item(partition, epoch, previous, version)));
  }

  private static RelayMessage streamed(StreamItem item) {
    return new RelayMessage.Streamed(new StreamedItem(0, 0, item));
  }

  private void watch(long id, long after) {
    tell(new RelayMessage.Watch(id, after));
    tell(new RelayMessage.Request(id, 100));
  }

  private static StreamItem.Item item(
      PartitionId partition, long epoch, long previous, long version) {
    var event = event(partition, epoch, version);
    var resource = StoredResource.of(event, READER);
    return new StreamItem.Item(
        partition, epoch, previous, WatchItem.Changed.of(event, resource, null));
  }

  private static EventStore.Tail tail(long horizon, long... versions) {
    var events = new ArrayList<EventRecord>();
    for (long version : versions) {
      events.add(event(ONE, 1, version));
    }
    return new EventStore.Tail(events, horizon, true);
  }

  private static RelayMessage.Read read(long request, EventStore.Tail tail) {
    var resources = tail.events().stream().map(event -> StoredResource.of(event, READER)).toList();
    return new RelayMessage.Read(request, tail, resources, Map.of());
  }

  private static EventRecord event(PartitionId partition, long epoch, long version) {
    return new EventRecord(
        partition,
        epoch,
        version,
        0,
        1,
        EventRecord.Type.CREATED,
        new ResourceKey(Writes.COLLECTION, "default", "a"),
        "uid",
        "{\"metadata\":{}}".getBytes(StandardCharsets.UTF_8),
        Map.of(),
        Map.of(),
        WriteCause.platform("test", "test"),
        "",
        0);
  }

  private void tell(RelayMessage message) {
    tell(relay, message);
  }

  private void tell(RelayLogic logic, RelayMessage message) {
    var effects = logic.on(message);
    for (var effect = effects.poll(); effect != null; effect = effects.poll()) {
      note(effect);
    }
  }

  /// Progress is noted as a negative version.
  private void note(RelayEffect effect) {
    switch (effect) {
      case RelayEffect.Promise(_, var version) -> promises.add(version);
      case RelayEffect.Read(var request, var after, _) -> {
        lastRequest = request;
        reads.add(after);
      }
      case RelayEffect.Deliver(var watcher, var item) ->
          delivered
              .computeIfAbsent(watcher, _ -> new ArrayList<>())
              .add(item instanceof WatchItem.Progress(var version) ? -version : item.version());
      case RelayEffect.End(var watcher, var why) -> ended.put(watcher, why);
      case RelayEffect.Follow follow -> followed.add(follow);
      case RelayEffect.Credit credit -> credits.add(credit);
      case RelayEffect.Find _, RelayEffect.Look _, RelayEffect.Unfollow _ -> {}
    }
  }
}

package dev.troupe.runtime.collection.reading;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.resources.codec.index.IndexEntryReader;
import dev.troupe.runtime.collection.Resources.ExpiredException;
import dev.troupe.runtime.collection.Resources.OverloadedException;
import dev.troupe.runtime.collection.Resources.UnavailableException;
import dev.troupe.runtime.collection.Snapshot;
import dev.troupe.runtime.collection.index.IndexLoader;
import dev.troupe.runtime.collection.index.Root;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.resource.logic.Writes;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.StoreException;
import dev.troupe.runtime.store.WriteCause;
import dev.troupe.runtime.store.memory.InMemoryEventStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Ten objects: created with the versions 1 to 10, and the first changed with 11.
class PastStatesTest {

  private static final PartitionId PARTITION = new PartitionId(Writes.COLLECTION, 0);
  private static final IndexEntryReader READER = IndexEntryReader.of(Writes.TYPE);
  private static final int OBJECTS = 10;
  private static final long BYTES = event(1, 1).body().length;

  private final InMemoryEventStore store = new InMemoryEventStore(InstantSource.system());
  private final List<Long> scanned = new ArrayList<>();

  /// What a scan waits for.
  private CompletableFuture<Void> open = CompletableFuture.completedFuture(null);

  private long millis = 1_000;
  private Snapshot newest = new Root(new IndexLoader(READER, Set.of()).index(), 0, 0);

  @BeforeEach
  void fill() {
    long epoch = store.open(PARTITION).toCompletableFuture().join().epoch();
    var events = new ArrayList<EventRecord>();
    for (int i = 1; i <= OBJECTS; i++) {
      events.add(event(i, i));
    }
    events.add(event(1, OBJECTS + 1));
    store.append(List.of(new EventStore.Group(PARTITION, epoch, events, Map.of())));
    var loader = new IndexLoader(READER, Set.of());
    store.scan(PARTITION, Long.MAX_VALUE, loader::add);
    newest = new Root(loader.index(), OBJECTS + 1, 0);
  }

  @Test
  void stateOfThePastIsWhatWasStoredUpToIt() {
    var past = past(1_000_000);

    for (int version = 1; version <= OBJECTS; version++) {
      var state = await(past.at(PARTITION, version, newest));

      assertThat(state.version()).isEqualTo(version);
      assertThat(state.size()).isEqualTo(version);
      assertThat(state.get("default", "o1").map(StoredResource::version)).contains(1L);
      millis += 5_001;
    }
  }

  @Test
  void whatHasNotChangedSinceIsShared() {
    var state = await(past(1_000_000).at(PARTITION, OBJECTS, newest));

    assertThat(state.get("default", "o2")).containsSame(newest.get("default", "o2").orElseThrow());
    assertThat(state.get("default", "o1").map(StoredResource::version)).contains(1L);
    assertThat(newest.get("default", "o1").map(StoredResource::version)).contains(11L);
  }

  @Test
  void oneStateIsReadOnceForAllThatAskAndForFiveSecondsMore() {
    open = new CompletableFuture<>();
    var past = past(1_000_000);
    var one = past.at(PARTITION, 3, newest);
    var other = past.at(PARTITION, 3, newest);
    open.complete(null);

    assertThat(await(one)).isSameAs(await(other));
    millis += 5_000;
    assertThat(await(past.at(PARTITION, 3, newest))).isSameAs(await(one));
    millis += 5_000;
    assertThat(await(past.at(PARTITION, 3, newest))).isSameAs(await(one));
    assertThat(scanned).containsExactly(3L);

    millis += 5_001;
    past.forget();
    assertThat(await(past.at(PARTITION, 3, newest))).isNotSameAs(await(one));
    assertThat(scanned).containsExactly(3L, 3L);
  }

  @Test
  void fifthStateIsTooMuchUntilNobodyAsksForOneOfTheOthers() {
    var past = past(1_000_000);
    for (int version = 1; version <= 4; version++) {
      await(past.at(PARTITION, version, newest));
    }

    assertThatThrownBy(() -> await(past.at(PARTITION, 5, newest)))
        .hasCauseInstanceOf(OverloadedException.class);
    assertThat(await(past.at(PARTITION, 4, newest)).size()).isEqualTo(4);

    millis += 5_001;
    assertThat(await(past.at(PARTITION, 5, newest)).size()).isEqualTo(5);
  }

  /// However long it takes.
  @Test
  void stateThatIsBeingReadIsNotForgotten() {
    open = new CompletableFuture<>();
    var past = past(1_000_000);
    for (int version = 1; version <= 4; version++) {
      var _ = past.at(PARTITION, version, newest);
    }

    millis += 60_000;
    assertThatThrownBy(() -> await(past.at(PARTITION, 5, newest)))
        .hasCauseInstanceOf(OverloadedException.class);
  }

  @Test
  void partitionsOfOneStateAreOneState() {
    var past = past(1_000_000);
    for (int number = 0; number < 8; number++) {
      await(past.at(new PartitionId(Writes.COLLECTION, number), 3, newest));
    }

    assertThat(await(past.at(PARTITION, 4, newest)).size()).isEqualTo(4);
  }

  /// What is the same as the newest takes no room: of the first state one object is not.
  @Test
  void statesTakeNoMoreRoomThanTheyMay() {
    var past = past(BYTES);
    assertThat(await(past.at(PARTITION, 10, newest)).size()).isEqualTo(10);

    assertThatThrownBy(() -> await(past.at(PARTITION, 9, newest)))
        .hasCauseInstanceOf(OverloadedException.class);

    millis += 5_001;
    assertThat(await(past.at(PARTITION, 9, newest)).size()).isEqualTo(9);
  }

  /// To come again would not help.
  @Test
  void stateThatIsTooLargeByItselfHasExpired() {
    var nothing = new Root(new IndexLoader(READER, Set.of()).index(), 99, 0);

    assertThatThrownBy(() -> await(past(3 * BYTES).at(PARTITION, 9, nothing)))
        .hasCauseInstanceOf(ExpiredException.class);
  }

  @Test
  void whatTheStoreDoesNotKeepHasExpired() {
    store.prune(new EventStore.Retention(new EventStore.Rule(Duration.ZERO, 1), Map.of()));

    assertThatThrownBy(() -> await(past(1_000_000).at(PARTITION, 10, newest)))
        .hasCauseInstanceOf(ExpiredException.class);
    assertThat(await(past(1_000_000).at(PARTITION, 11, newest)).size()).isEqualTo(10);
  }

  @Test
  void readThatFailsIsUnavailableAndTriedAnewByTheNext() {
    open = CompletableFuture.failedFuture(new StoreException("the disk cannot be read"));
    var past = past(1_000_000);
    for (int version = 1; version <= 8; version++) {
      int each = version;
      assertThatThrownBy(() -> await(past.at(PARTITION, each, newest)))
          .hasCauseInstanceOf(UnavailableException.class)
          .hasMessageContaining("the disk cannot be read");
    }

    open = CompletableFuture.completedFuture(null);
    assertThat(await(past.at(PARTITION, 8, newest)).size()).isEqualTo(8);
  }

  private PastStates past(long mostBytes) {
    return new PastStates(
        opened(), _ -> READER, () -> Instant.ofEpochMilli(millis), Runnable::run, mostBytes);
  }

  /// The store, whose scans wait until they may.
  private EventStore opened() {
    return (EventStore)
        Proxy.newProxyInstance(
            EventStore.class.getClassLoader(),
            new Class<?>[] {EventStore.class},
            (_, method, arguments) -> {
              if (!method.getName().equals("scan")) {
                return method.invoke(store, arguments);
              }
              scanned.add((Long) arguments[1]);
              return open.thenCompose(_ -> {
                try {
                  return (CompletionStage<?>) method.invoke(store, arguments);
                } catch (IllegalAccessException | InvocationTargetException mistake) {
                  throw new LinkageError("scan", mistake);
                }
              });
            });
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().copy().orTimeout(20, TimeUnit.SECONDS).join();
  }

  private static EventRecord event(int object, long version) {
    return new EventRecord(
        PARTITION,
        1,
        version,
        0,
        version > OBJECTS ? 2 : 1,
        version > OBJECTS ? EventRecord.Type.UPDATED : EventRecord.Type.CREATED,
        new ResourceKey(Writes.COLLECTION, "default", "o" + object),
        "u",
        "{\"metadata\":{}}".getBytes(UTF_8),
        Map.of(),
        Map.of(),
        WriteCause.user("admin", "test", "create"),
        "",
        0);
  }
}

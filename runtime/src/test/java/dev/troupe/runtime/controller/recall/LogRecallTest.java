package dev.troupe.runtime.controller.recall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.api.resource.Version;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.runtime.controller.mirror.Earlier;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.WriteCause;
import dev.troupe.runtime.store.memory.InMemoryEventStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What has changed since a position, from a log in memory.
class LogRecallTest {

  private static final TypeRef PODS = TypeRef.core("pods");
  private static final PartitionId PARTITION = new PartitionId(PODS, 0);
  private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

  private final EventStore store = new InMemoryEventStore(() -> NOON.plus(Duration.ofDays(1)));
  private final LogRecall recall = new LogRecall(store, ResourceRegistry.standard());
  private final Map<String, EventRecord> newest = new HashMap<>();

  LogRecallTest() {
    store.open(PARTITION);
  }

  @Test
  void onlyWhatChangedInBetweenIsFound() {
    change(1, "a", EventRecord.Type.CREATED);
    change(2, "b", EventRecord.Type.CREATED);
    change(3, "a", EventRecord.Type.UPDATED);
    change(4, "a", EventRecord.Type.UPDATED);
    change(5, "b", EventRecord.Type.UPDATED);

    assertThat(since(2, 4)).singleElement().satisfies(one -> isVersion(one, "a", at(1)));
  }

  @Test
  void whatIsNewWasNotThereBefore() {
    change(1, "a", EventRecord.Type.CREATED);
    change(2, "a", EventRecord.Type.UPDATED);

    assertThat(since(0, 9)).containsExactly(new Earlier(key("a"), null));
  }

  @Test
  void whatIsGoneIsToldAsItWas() {
    change(1, "a", EventRecord.Type.CREATED);
    change(2, "a", EventRecord.Type.UPDATED);
    change(3, "a", EventRecord.Type.DELETED);
    change(4, "b", EventRecord.Type.CREATED);
    change(5, "b", EventRecord.Type.DELETED);

    assertThat(since(2, 9))
        .satisfiesExactlyInAnyOrder(
            one -> isVersion(one, "a", at(3)), one -> isVersion(one, "b", at(5)));
    assertThat(since(1, 3)).singleElement().satisfies(one -> isVersion(one, "a", at(1)));
  }

  @Test
  void manyChangesAreReadPageByPage() {
    for (int i = 0; i < 1_200; i++) {
      change(i, "p" + i, EventRecord.Type.CREATED);
    }

    assertThat(since(-1, 1_100)).hasSize(1_101);
  }

  @Test
  void whereTooMuchHasChangedItIsNotToldWhat() {
    for (int i = 0; i < 2_600; i++) {
      change(i, "p" + i, EventRecord.Type.CREATED);
    }

    assertThat(found(-1, 9_999)).isEmpty();
  }

  @Test
  void largeChangesAreNotHeldInMemory() {
    for (int i = 0; i < 40; i++) {
      change(i, "p" + i, EventRecord.Type.CREATED, 1 << 20);
    }

    assertThat(found(-1, 9)).isPresent();
    assertThat(found(-1, 9_999)).isEmpty();
  }

  @Test
  void largeStatesBeforeSmallChangesAreNotHeldInMemory() {
    for (int i = 0; i < 40; i++) {
      change(i, "p" + i, EventRecord.Type.CREATED, 1 << 20);
    }
    for (int i = 0; i < 40; i++) {
      change(100 + i, "p" + i, EventRecord.Type.UPDATED);
    }

    assertThat(found(99, 109)).isPresent();
    assertThat(found(99, 9_999)).isEmpty();
  }

  @Test
  void whatIsNotKeptAnyMoreIsNotToldInPart() {
    change(1, "a", EventRecord.Type.CREATED);
    change(2, "a", EventRecord.Type.UPDATED);
    change(3, "a", EventRecord.Type.UPDATED);
    store.prune(
        new EventStore.Retention(
            new EventStore.Rule(Duration.ofDays(1).minusMillis(3), 1), Map.of()));

    assertThat(found(0, 9)).isEmpty();
    assertThat(since(2, 9)).singleElement().satisfies(one -> isVersion(one, "a", at(2)));
  }

  private static void isVersion(Earlier found, String name, long version) {
    assertThat(found.key()).isEqualTo(key(name));
    assertThat(found.object()).isNotNull().extracting(StoredResource::version).isEqualTo(version);
  }

  private List<Earlier> since(long after, long upTo) {
    return found(after, upTo).orElseThrow();
  }

  private Optional<List<Earlier>> found(long after, long upTo) {
    return recall.since(PODS, at(after), at(upTo)).toCompletableFuture().join();
  }

  private void change(long step, String name, EventRecord.Type type) {
    change(step, name, type, 0);
  }

  /// @param blanks so many bytes that say nothing
  private void change(long step, String name, EventRecord.Type type, int blanks) {
    var before = newest.get(name);
    var event =
        new EventRecord(
            PARTITION,
            1,
            at(step),
            before == null ? 0 : before.version(),
            before == null ? 1 : before.sequence() + 1,
            type,
            key(name),
            "uid",
            ("{\"metadata\":{\"name\":\"%s\",\"uid\":\"uid\"}}".formatted(name)
                    + " ".repeat(blanks))
                .getBytes(StandardCharsets.UTF_8),
            Map.of(),
            Map.of(),
            WriteCause.user("test", "", "change"),
            "",
            Version.millis(at(step)));
    newest.put(name, event);
    var group = new EventStore.Group(PARTITION, 1, List.of(event), Map.of());
    assertThat(store.append(List.of(group)).toCompletableFuture().join())
        .containsExactly(EventStore.Outcome.STORED);
  }

  private static long at(long step) {
    return Version.atMillis(NOON.toEpochMilli() + step);
  }

  private static ResourceKey key(String name) {
    return new ResourceKey(PODS, "default", name);
  }
}

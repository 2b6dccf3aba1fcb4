package dev.troupe.runtime.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.Version;
import dev.troupe.resources.codec.index.IndexEntry;
import dev.troupe.resources.codec.index.IndexEntryReader;
import dev.troupe.runtime.relay.logic.RelayMessage;
import dev.troupe.runtime.resource.logic.Writes;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.WriteCause;
import dev.troupe.runtime.store.memory.InMemoryEventStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogReaderTest {

  private static final PartitionId PARTITION = new PartitionId(Writes.COLLECTION, 0);
  private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

  private final EventStore store = new InMemoryEventStore(() -> NOON.plus(Duration.ofDays(1)));
  private final LogReader log =
      new LogReader(Writes.COLLECTION, store, IndexEntryReader.of(Writes.TYPE));
  private final List<EventRecord> stored = new ArrayList<>();

  LogReaderTest() {
    store.open(PARTITION);
    change(at(0), "red");
    change(at(1), "red");
    change(at(2), "blue");
    change(at(3), "green");
    change(at(4), "green");
  }

  @Test
  void whatWasBeforeIsReadWhereLabelsChange() {
    assertThat(read(0).before())
        .containsOnly(
            Map.entry(at(2), stored.get(1).body()), Map.entry(at(3), stored.get(2).body()));
  }

  @Test
  void whatWasBeforeMayBeOlderThanThePosition() {
    assertThat(read(at(1)).before()).containsEntry(at(2), stored.get(1).body());
    assertThat(read(at(2)).before()).containsOnly(Map.entry(at(3), stored.get(2).body()));
  }

  @Test
  void whatWasBeforeIsFoundBelowTheHorizon() {
    var rule = new EventStore.Rule(Duration.ofDays(1).minusMillis(2), 1);
    store.prune(new EventStore.Retention(rule, Map.of()));
    var tail = store.tail(Writes.COLLECTION, 0, EventStore.Most.of(1)).toCompletableFuture().join();
    assertThat(tail.horizon()).isEqualTo(at(1));

    assertThat(read(at(1)).before()).containsEntry(at(2), stored.get(1).body());
  }

  private RelayMessage.Read read(long after) {
    var answers = new ArrayList<RelayMessage>();
    log.read(7, after, EventStore.Most.of(100), answers::add);
    assertThat(answers).hasOnlyElementsOfType(RelayMessage.Read.class).hasSize(1);
    return (RelayMessage.Read) answers.getFirst();
  }

  private static long at(long step) {
    return Version.atMillis(NOON.toEpochMilli() + step);
  }

  private void change(long version, String color) {
    var last = stored.isEmpty() ? null : stored.getLast();
    var event =
        new EventRecord(
            PARTITION,
            1,
            version,
            last == null ? 0 : last.version(),
            stored.size() + 1,
            last == null ? EventRecord.Type.CREATED : EventRecord.Type.UPDATED,
            new ResourceKey(Writes.COLLECTION, "default", "a"),
            "uid",
            body(color),
            last == null ? Map.of() : known(last).labels(),
            last == null ? Map.of() : known(last).fields(),
            WriteCause.platform("test", "test"),
            "",
            Version.millis(version));
    stored.add(event);
    store.append(List.of(new EventStore.Group(PARTITION, 1, List.of(event), Map.of())));
  }

  private static IndexEntry known(EventRecord event) {
    return IndexEntryReader.of(Writes.TYPE).read(event.body());
  }

  private static byte[] body(String color) {
    return ("{\"metadata\":{\"name\":\"a\",\"labels\":{\"color\":\"" + color + "\"}}}")
        .getBytes(StandardCharsets.UTF_8);
  }
}

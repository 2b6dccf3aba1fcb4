package dev.troupe.persistence.embedded;

import static dev.troupe.persistence.contract.EventStoreContract.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.persistence.format.ArchivedEntry;
import dev.troupe.persistence.format.ArchivedEntry.Event;
import dev.troupe.persistence.format.LogEntry.CollectionState;
import dev.troupe.persistence.format.LogEntry.PartitionState;
import dev.troupe.runtime.store.EventRecord;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// All that a store holds: every event that is kept, epoch, facts and highest version of every
/// partition, partition count and horizon of every collection.
///
/// @param events by collection and version
record Everything(
    Map<String, EventRecord> events, Set<String> partitions, Set<String> collections) {

  static Everything in(EmbeddedEventStore store) {
    var all = new Everything(new TreeMap<>(), new TreeSet<>(), new TreeSet<>());
    await(store.copy(all::add));
    return all;
  }

  /// Says what differs, without printing all of it.
  void checkIsLike(Everything other) {
    assertThat(collections).isEqualTo(other.collections);
    assertThat(partitions).isEqualTo(other.partitions);
    assertThat(difference(events.keySet(), other.events.keySet())).as("too many").isEmpty();
    assertThat(difference(other.events.keySet(), events.keySet())).as("missing").isEmpty();
    assertThat(events).isEqualTo(other.events);
  }

  private static Set<String> difference(Set<String> some, Set<String> others) {
    var difference = new TreeSet<>(some);
    difference.removeAll(others);
    return difference;
  }

  private void add(ArchivedEntry entry) {
    switch (entry) {
      case Event(var event) ->
          events.put(event.partition().collection() + " " + event.version(), event);
      case PartitionState state ->
          partitions.add(
              "%s epoch %d %s%s highest %d %s"
                  .formatted(
                      state.partition(),
                      state.epoch(),
                      state.open() ? "open" : "closed",
                      state.unclean() ? " unclean" : "",
                      state.highestVersion(),
                      readable(state.facts())));
      case CollectionState state -> collections.add(state.toString());
    }
  }

  private static Map<String, String> readable(Map<String, byte[]> facts) {
    var readable = new TreeMap<String, String>();
    facts.forEach((name, value) -> readable.put(name, HexFormat.of().formatHex(value)));
    return readable;
  }
}

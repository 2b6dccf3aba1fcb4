package dev.troupe.persistence.embedded;

import static dev.troupe.persistence.contract.EventStoreContract.await;
import static dev.troupe.persistence.contract.Events.PARTITION;
import static dev.troupe.persistence.contract.Events.PODS;

import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// All that a store says of a partition and its collection.
///
/// @param newest of all resources, tombstones included, by name
/// @param events above the horizon
/// @param expired what it says to somebody who has seen nothing
record Found(
    long horizon,
    Map<String, EventRecord> newest,
    List<EventRecord> events,
    List<EventRecord> expired,
    Map<String, List<EventRecord>> histories) {

  static Found in(EmbeddedEventStore store) {
    var newest = new ConcurrentHashMap<String, EventRecord>();
    await(store.scan(PARTITION, Long.MAX_VALUE, event -> newest.put(event.key().name(), event)));
    var histories = new HashMap<String, List<EventRecord>>();
    newest.forEach(
        (name, event) -> histories.put(name, await(store.history(event.key(), Integer.MAX_VALUE))));
    var expired = await(store.tail(PODS, 0, EventStore.Most.of(Integer.MAX_VALUE)));
    var tail = await(store.tail(PODS, expired.horizon(), EventStore.Most.of(Integer.MAX_VALUE)));
    return new Found(expired.horizon(), newest, tail.events(), expired.events(), histories);
  }
}

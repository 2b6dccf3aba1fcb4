package dev.troupe.persistence.embedded;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.persistence.embedded.EventIndex.Indexed;
import dev.troupe.persistence.format.LogEntry.CollectionState;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The rows of the tables that a part of the log changes.
final class IndexRows {

  private final SortedMap<byte[], byte @Nullable []> rows = new TreeMap<>(Arrays::compareUnsigned);

  private final Before before;

  private final SortedMap<byte[], Indexed> newest = new TreeMap<>(Arrays::compareUnsigned);

  IndexRows(Before before) {
    this.before = before;
  }

  void add(int collection, RecentEvents recent, TypeRef type) {
    for (var event : recent.events(type).values()) {
      add(collection, event);
    }
    for (long version : recent.removed(type)) {
      remove(collection, version);
    }
    newest.forEach(this::addNewest);
    newest.clear();
  }

  void add(int collection, CollectionState state) {
    rows.put(IndexKeys.collection(collection), IndexKeys.state(state));
  }

  void add(Reflected reflected) {
    rows.put(IndexKeys.REFLECTED, reflected.encode());
  }

  private void add(int collection, Indexed event) {
    var header = event.event();
    int partition = header.partition().number();
    var resource = IndexKeys.resource(header.key());
    rows.put(
        IndexKeys.version(collection, header.version()), IndexKeys.versionValue(event, resource));
    rows.put(
        IndexKeys.event(collection, resource, partition, header.version()),
        IndexKeys.eventValue(event));
    // By version, ascending: the last one stays.
    newest.put(IndexKeys.newest(collection, partition, resource), event);
  }

  /// Unless there is a newer one behind which this was written again.
  private void addNewest(byte[] key, Indexed event) {
    var known = before.value(key);
    if (known == null || IndexKeys.newest(known).version() <= event.event().version()) {
      rows.put(key, IndexKeys.newestValue(event));
    }
  }

  private void remove(int collection, long version) {
    var key = IndexKeys.version(collection, version);
    var value = before.value(key);
    if (value == null) {
      return;
    }
    int partition = IndexKeys.partition(value);
    var resource = IndexKeys.resource(value);
    rows.put(key, null);
    rows.put(IndexKeys.event(collection, resource, partition, version), null);
    var newestKey = IndexKeys.newest(collection, partition, resource);
    var last = before.value(newestKey);
    if (last != null && IndexKeys.newest(last).version() == version) {
      rows.put(newestKey, null);
    }
  }

  SortedMap<byte[], byte @Nullable []> rows() {
    return rows;
  }

  /// The tables as they are.
  @FunctionalInterface
  interface Before {

    /// @return null if there is no such row
    byte @Nullable [] value(byte[] key);
  }
}

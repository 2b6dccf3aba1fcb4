package dev.troupe.runtime.relay.logic;

import dev.troupe.resources.codec.owners.StoredJson;
import dev.troupe.runtime.collection.WatchItem.Changed;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.PartitionId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.Predicate;

/// The reads of the log that are on their way, and what for. Few are at a time, and each reads
/// little: those who are behind wait for one another, and not all in memory.
final class LogReads {

  static final int AT_ONCE = 4;
  static final EventStore.Most MOST = new EventStore.Most(500, 2L << 20);

  /// What is read for.
  sealed interface Purpose {

    /// What a partition's stream has missed.
    record Gap(Source source) implements Purpose {}

    /// What a watcher is behind.
    ///
    /// @param cut everything up to here was stored when the log was asked
    record Behind(long watcher, long cut) implements Purpose {}

    /// Nobody wants it any more.
    record Nothing() implements Purpose {}
  }

  private final Set<PartitionId> partitions;
  private final Queue<RelayEffect> effects;

  private record Wanted(long after, Purpose purpose) {}

  private final Queue<Wanted> waiting = new ArrayDeque<>();
  private final Map<Long, Purpose> reads = new HashMap<>();
  private long last;

  LogReads(Set<PartitionId> partitions, Queue<RelayEffect> effects) {
    this.partitions = partitions;
    this.effects = effects;
  }

  void read(long after, Purpose purpose) {
    waiting.add(new Wanted(after, purpose));
    begin();
  }

  private void begin() {
    while (reads.size() < AT_ONCE && !waiting.isEmpty()) {
      var next = waiting.remove();
      reads.put(++last, next.purpose());
      effects.add(new RelayEffect.Read(last, next.after(), MOST));
    }
  }

  /// What a read that has come back was for.
  Purpose answered(RelayMessage.Read read) {
    return failed(read.request());
  }

  /// What a read was for that nothing has come of.
  Purpose failed(long request) {
    var purpose = reads.remove(request);
    begin();
    return purpose == null ? new Purpose.Nothing() : purpose;
  }

  /// What a watcher waits for is not wanted any more.
  void forget(long watcher) {
    waiting.removeIf(
        wanted -> wanted.purpose() instanceof Purpose.Behind behind && behind.watcher() == watcher);
  }

  /// The changes of one partition.
  List<Changed> changes(RelayMessage.Read read, PartitionId only) {
    return changes(read, event -> event.partition().equals(only));
  }

  /// The changes of all partitions that are merged, up to a version.
  List<Changed> changes(RelayMessage.Read read, long cut) {
    return changes(read, event -> event.version() <= cut && partitions.contains(event.partition()));
  }

  private List<Changed> changes(RelayMessage.Read read, Predicate<EventRecord> wanted) {
    var events = read.tail().events();
    var changes = new ArrayList<Changed>(events.size());
    for (int i = 0; i < events.size(); i++) {
      var event = events.get(i);
      if (wanted.test(event)) {
        var before = read.before().get(event.version());
        var content = before == null ? null : StoredJson.of(before);
        changes.add(Changed.of(event, read.resources().get(i), content));
      }
    }
    return changes;
  }
}

package dev.troupe.runtime.relay.logic;

import dev.troupe.resources.codec.index.IndexEntryReader;
import dev.troupe.runtime.collection.WatchItem.Changed;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.PartitionId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.Predicate;

/// The reads of the log that are on their way, and what for.
final class LogReads {

  /// How many events are read at once.
  static final int READ = 500;

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
  private final IndexEntryReader reader;
  private final Queue<RelayEffect> effects;
  private final Map<Long, Purpose> reads = new HashMap<>();
  private long last;

  LogReads(Set<PartitionId> partitions, IndexEntryReader reader, Queue<RelayEffect> effects) {
    this.partitions = partitions;
    this.reader = reader;
    this.effects = effects;
  }

  void read(long after, Purpose purpose) {
    reads.put(++last, purpose);
    effects.add(new RelayEffect.Read(last, after, READ));
  }

  /// What a read that has come back was for.
  Purpose answered(long request) {
    var purpose = reads.remove(request);
    return purpose == null ? new Purpose.Nothing() : purpose;
  }

  /// Whether there was nothing more to read.
  static boolean isAll(List<EventRecord> events) {
    return events.size() < READ;
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
    for (var event : events) {
      if (wanted.test(event)) {
        var resource = StoredResource.of(event, reader);
        changes.add(Changed.of(event, resource, read.before().get(event.version())));
      }
    }
    return changes;
  }
}

package dev.troupe.testkit.history;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.Version;
import dev.troupe.runtime.collection.Snapshot;
import dev.troupe.runtime.collection.WatchItem;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import dev.troupe.runtime.store.PartitionId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Records what was asked and answered, in the order of a single clock that only counts.
public final class History {

  /// A write that was answered.
  ///
  /// @param readable the version that could be read in the write's partition when the answer came
  public record Answered(
      ResourceKey key,
      WriteRequest request,
      WriteReply reply,
      long askedAt,
      long answeredAt,
      long readable) {

    /// The version of the event that the answer promises to be stored; [Version#NONE] if none.
    long stored() {
      return switch (reply) {
        case WriteReply.Written(var outcome, _, var version, _)
            when outcome != WriteReply.Outcome.UNCHANGED ->
            version;
        case WriteReply.Removed(_, var version, _) -> version;
        case WriteReply.Written _, WriteReply.Refused _ -> Version.NONE;
      };
    }
  }

  /// A state that a reader got.
  ///
  /// @param version what it is the state at; at least the snapshot's own
  public record Read(PartitionId partition, Snapshot snapshot, long version, long askedAt) {}

  /// What one watch delivered.
  public static final class Watched {

    private final Set<PartitionId> partitions;
    private final long after;
    private final List<WatchItem> items = new ArrayList<>();

    private Watched(Collection<PartitionId> partitions, long after) {
      this.partitions = Set.copyOf(partitions);
      this.after = after;
    }

    /// Whose changes it is to show.
    Set<PartitionId> partitions() {
      return partitions;
    }

    /// From where it can be continued.
    public long position() {
      return items.isEmpty() ? after : Math.max(after, items.getLast().version());
    }

    long after() {
      return after;
    }

    public List<WatchItem> items() {
      return items;
    }
  }

  private final List<Answered> answers = new ArrayList<>();
  private final List<Read> reads = new ArrayList<>();
  private final Map<Long, Watched> watches = new HashMap<>();
  private long now;

  /// The next moment.
  public long tick() {
    return ++now;
  }

  public void answered(WriteRequest request, WriteReply reply, long askedAt, long readable) {
    answers.add(new Answered(request.mutation().key(), request, reply, askedAt, tick(), readable));
  }

  /// The newest state was read.
  public void read(PartitionId partition, Snapshot snapshot) {
    reads.add(new Read(partition, snapshot, snapshot.version(), tick()));
  }

  /// A state was read by its version, which may be old.
  public void readAt(PartitionId partition, Snapshot snapshot, long version) {
    reads.add(new Read(partition, snapshot, version, 0));
  }

  public void watching(long watch, Collection<PartitionId> partitions, long after) {
    watches.put(watch, new Watched(partitions, after));
  }

  public void watched(long watch, WatchItem item) {
    var watched = watches.get(watch);
    if (watched != null) {
      watched.items.add(item);
    }
  }

  public Watched watch(long watch) {
    var watched = watches.get(watch);
    if (watched == null) {
      throw new IllegalArgumentException("there is no watch " + watch);
    }
    return watched;
  }

  public List<Answered> answers() {
    return answers;
  }

  List<Read> reads() {
    return reads;
  }

  Map<Long, Watched> watches() {
    return watches;
  }
}

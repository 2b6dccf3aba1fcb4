package dev.troupe.runtime.collection.logic;

import dev.troupe.runtime.collection.WatchItem;
import dev.troupe.runtime.store.PartitionId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/// Those who are streamed the changes of a partition. Nothing is buffered: who has no credit misses
/// items, notices, and reads the log.
final class Followers {

  private static final class Follower {

    private final Consumer<StreamItem> stream;
    private int credit;

    private Follower(Consumer<StreamItem> stream, int credit) {
      this.stream = stream;
      this.credit = credit;
    }
  }

  private final PartitionId partition;
  private final Map<Long, Follower> byId = new LinkedHashMap<>();
  private long last;

  Followers(PartitionId partition) {
    this.partition = partition;
  }

  void add(long id, int credit, Consumer<StreamItem> stream) {
    byId.put(id, new Follower(stream, credit));
  }

  void remove(long id) {
    byId.remove(id);
  }

  void credit(long id, int more) {
    var follower = byId.get(id);
    if (follower != null) {
      follower.credit += more;
    }
  }

  /// An epoch begins.
  void start(long epoch, long version) {
    last = version;
    byId.keySet().forEach(id -> start(id, epoch, version));
  }

  /// A follower begins in the middle of an epoch.
  void start(long id, long epoch, long version) {
    var follower = byId.get(id);
    if (follower != null) {
      follower.stream.accept(new StreamItem.Started(partition, epoch, version));
    }
  }

  void send(long epoch, WatchItem.Changed change) {
    if (!byId.isEmpty()) {
      var item = new StreamItem.Item(partition, epoch, last, change);
      for (var follower : byId.values()) {
        if (follower.credit > 0) {
          follower.credit--;
          follower.stream.accept(item);
        }
      }
    }
    last = change.version();
  }

  void beat(long epoch, long settled) {
    var beat = new StreamItem.Heartbeat(partition, epoch, last, settled);
    byId.values().forEach(follower -> follower.stream.accept(beat));
  }
}

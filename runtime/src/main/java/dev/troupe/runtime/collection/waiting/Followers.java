package dev.troupe.runtime.collection.waiting;

import dev.troupe.runtime.collection.WatchItem;
import dev.troupe.runtime.collection.protocol.PartitionEffect;
import dev.troupe.runtime.collection.protocol.PartitionMessage;
import dev.troupe.runtime.collection.protocol.StreamItem;
import dev.troupe.runtime.resource.Recipient;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.PartitionId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// Those who are streamed the changes of a partition. Nothing is buffered: who has no credit misses
/// items, notices, and reads the log.
public final class Followers {

  private static final class Follower {

    private final Recipient<StreamItem> replyTo;
    private int credit;

    private Follower(Recipient<StreamItem> replyTo, int credit) {
      this.replyTo = replyTo;
      this.credit = credit;
    }
  }

  private final PartitionId partition;
  private final Queue<PartitionEffect> effects;
  private final Map<Long, Follower> byId = new LinkedHashMap<>();

  public Followers(PartitionId partition, Queue<PartitionEffect> effects) {
    this.partition = partition;
    this.effects = effects;
  }

  public void add(PartitionMessage.Follow follow) {
    byId.put(follow.follower(), new Follower(follow.replyTo(), follow.credit()));
  }

  public void remove(long id) {
    byId.remove(id);
  }

  public void credit(long id, int more) {
    var follower = byId.get(id);
    if (follower != null) {
      follower.credit += more;
    }
  }

  /// An epoch begins.
  public void start(long epoch, long version) {
    byId.values().forEach(follower -> start(follower, epoch, version));
  }

  /// A follower begins in the middle of an epoch.
  public void start(long id, long epoch, long version) {
    var follower = byId.get(id);
    if (follower != null) {
      start(follower, epoch, version);
    }
  }

  private void start(Follower follower, long epoch, long version) {
    stream(follower, new StreamItem.Started(partition, epoch, version));
  }

  /// @param previous the version of the change (or start) before
  /// @param before the resource before the event; null if it is new
  public void send(
      long epoch,
      long previous,
      EventRecord event,
      StoredResource resource,
      @Nullable StoredResource before) {
    if (!byId.isEmpty()) {
      var change = WatchItem.Changed.of(event, resource, before == null ? null : before.json());
      var item = new StreamItem.Item(partition, epoch, previous, change);
      for (var follower : byId.values()) {
        if (follower.credit > 0) {
          follower.credit--;
          stream(follower, item);
        }
      }
    }
  }

  /// @param last the version of the last change (or start)
  public void beat(long epoch, long last, long settled) {
    if (!byId.isEmpty()) {
      var beat = new StreamItem.Heartbeat(partition, epoch, last, settled);
      byId.values().forEach(follower -> stream(follower, beat));
    }
  }

  private void stream(Follower follower, StreamItem item) {
    effects.add(new PartitionEffect.Stream(follower.replyTo, item));
  }
}

package dev.troupe.runtime.collection.waiting;

import dev.troupe.runtime.collection.WatchItem;
import dev.troupe.runtime.collection.protocol.PartitionEffect;
import dev.troupe.runtime.collection.protocol.PartitionMessage;
import dev.troupe.runtime.collection.protocol.StreamItem;
import dev.troupe.runtime.collection.protocol.StreamedItem;
import dev.troupe.runtime.resource.Recipient;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.PartitionId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// Those who are streamed the changes of a partition. Nothing is buffered: who has no credit misses
/// items, notices, and reads the log.
///
/// Whatever is said between a follower and the partition may be lost: so both count from the
/// beginning of an attempt, and the follower says its count again and again.
public final class Followers {

  /// Whoever says nothing for so long is gone.
  private static final Duration SILENT_AT_MOST = Duration.ofSeconds(30);

  private static final class Follower {

    private final Recipient<StreamedItem> replyTo;
    private final long attempt;
    private long total;
    private long sent;
    private long heardMillis;

    private Follower(PartitionMessage.Follow follow) {
      this.replyTo = follow.replyTo();
      this.attempt = follow.attempt();
    }

    private void credit(long upTo, long now) {
      total = Math.max(total, upTo);
      heardMillis = now;
    }
  }

  private final PartitionId partition;
  private final Queue<PartitionEffect> effects;
  private final Map<Long, Follower> byId = new LinkedHashMap<>();
  private final Deliveries deliveries = new Deliveries();

  public Followers(PartitionId partition, Queue<PartitionEffect> effects) {
    this.partition = partition;
    this.effects = effects;
  }

  /// How far they are, for any thread.
  public Deliveries deliveries() {
    return deliveries;
  }

  public void add(PartitionMessage.Follow follow, long now) {
    var known = byId.get(follow.follower());
    if (known == null || known.attempt < follow.attempt()) {
      known = new Follower(follow);
      deliveries.forget(follow.follower());
      byId.put(follow.follower(), known);
    }
    if (known.attempt == follow.attempt()) {
      known.credit(follow.credit(), now);
    }
  }

  public void remove(long id) {
    byId.remove(id);
    deliveries.forget(id);
  }

  public void credit(PartitionMessage.Credit credit, long now) {
    var follower = byId.get(credit.follower());
    if (follower != null && follower.attempt == credit.attempt()) {
      follower.credit(credit.total(), now);
      deliveries.has(credit.follower(), credit.known());
    }
  }

  /// Forgets those who are gone without a word.
  public void forgetSilent(long now) {
    byId.values().removeIf(follower -> follower.heardMillis < now - SILENT_AT_MOST.toMillis());
    deliveries.keep(byId.keySet());
  }

  /// An epoch begins.
  public void start(long epoch, long version) {
    byId.forEach((id, follower) -> start(id, follower, epoch, version));
  }

  /// A follower begins in the middle of an epoch.
  public void start(long id, long epoch, long version) {
    var follower = byId.get(id);
    if (follower != null) {
      start(id, follower, epoch, version);
    }
  }

  private void start(long id, Follower follower, long epoch, long version) {
    deliveries.begins(id, version);
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
      deliveries.released(event.version());
      var change = WatchItem.Changed.of(event, resource, before == null ? null : before.content());
      var item = new StreamItem.Item(partition, epoch, previous, change);
      for (var follower : byId.values()) {
        if (follower.sent < follower.total) {
          follower.sent++;
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
    var streamed = new StreamedItem(follower.attempt, follower.sent, item);
    effects.add(new PartitionEffect.Stream(follower.replyTo, streamed));
  }
}

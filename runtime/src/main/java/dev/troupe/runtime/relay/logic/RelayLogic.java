package dev.troupe.runtime.relay.logic;

import dev.troupe.resources.codec.IndexEntryReader;
import dev.troupe.runtime.collection.Resources.ExpiredException;
import dev.troupe.runtime.collection.Resources.UnavailableException;
import dev.troupe.runtime.collection.WatchItem;
import dev.troupe.runtime.collection.WatchItem.Changed;
import dev.troupe.runtime.collection.protocol.StreamItem;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.PartitionId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Merges the streams of partitions by version, once, and feeds them to any number of watchers.
///
/// What it has merged up to a version is complete: nothing at or below will come. A watcher gets
/// changes from the ring; one that is behind the ring is fed from the log, which is cut where the
/// merge is, because a higher version can be stored while a lower one is still in flight.
public final class RelayLogic {

  /// How many items a partition may stream before it is given more credit.
  public static final int CREDIT = 1_024;

  private static final int RING_ITEMS = 8_192;
  private static final long RING_BYTES = 32L << 20;
  private static final int READ = 500;
  private static final long NOWHERE = -1;

  private final Map<PartitionId, Source> sources = new LinkedHashMap<>();
  private final IndexEntryReader reader;
  private final RelayEffects effects;
  private final Ring ring;
  private final Map<Long, Watcher> watchers = new LinkedHashMap<>();
  private final Map<Long, Source> sourceReads = new HashMap<>();
  private final Map<Long, WatcherRead> watcherReads = new HashMap<>();

  private long lastRead;
  private long merged;
  private long begin = NOWHERE;
  private boolean started;

  /// @param cut everything up to here was stored when the log was asked
  private record WatcherRead(long watcher, long cut) {}

  public RelayLogic(
      Collection<PartitionId> partitions, IndexEntryReader reader, RelayEffects effects) {
    this(partitions, reader, effects, RING_ITEMS, RING_BYTES);
  }

  public RelayLogic(
      Collection<PartitionId> partitions,
      IndexEntryReader reader,
      RelayEffects effects,
      int ringItems,
      long ringBytes) {
    partitions.forEach(id -> sources.put(id, new Source(id)));
    this.reader = reader;
    this.effects = effects;
    this.ring = new Ring(ringItems, ringBytes);
  }

  /// The version up to which everything has been merged.
  public long merged() {
    return merged;
  }

  public void stream(StreamItem item) {
    var source = sources.get(item.partition());
    if (source != null) {
      source.accept(item);
      advance();
    }
  }

  /// A partition has been asked to stream, with [#CREDIT].
  public void followed(PartitionId partition) {
    var source = sources.get(partition);
    if (source != null) {
      source.followed();
    }
  }

  private void replenish(Source source) {
    int more = source.grant();
    if (more > 0) {
      effects.credit(source.id(), more);
    }
  }

  private void advance() {
    readMissing();
    merge();
    sources.values().forEach(this::replenish);
    watchers.values().forEach(this::serve);
  }

  private void readMissing() {
    for (var source : sources.values()) {
      if (source.wantsToRead()) {
        sourceReads.put(++lastRead, source);
        effects.read(lastRead, source.last(), READ);
      }
    }
  }

  private void merge() {
    if (!sources.values().stream().allMatch(Source::isStarted)) {
      return;
    }
    long bound = sources.values().stream().mapToLong(Source::settled).min().orElse(0);
    if (!started && !begin(bound)) {
      return;
    }
    for (var next = lowest(bound); next != null; next = lowest(bound)) {
      var change = next.pending().removeFirst();
      if (change.version() > begin) {
        ring.add(change);
      }
    }
    merged = Math.max(merged, bound);
    askLaggards(highestPending());
  }

  /// The ring begins where the last of the partitions has begun, when all have come so far. What
  /// was before is in the log.
  private boolean begin(long bound) {
    if (begin == NOWHERE) {
      begin = sources.values().stream().mapToLong(Source::settled).max().orElse(0);
      ring.restart(begin);
    }
    started = bound >= begin;
    if (!started) {
      askLaggards(begin);
    }
    return started;
  }

  private @Nullable Source lowest(long bound) {
    Source lowest = null;
    long version = bound;
    for (var source : sources.values()) {
      var first = source.pending().peekFirst();
      if (first != null && first.version() <= version) {
        lowest = source;
        version = first.version();
      }
    }
    return lowest;
  }

  private long highestPending() {
    long highest = 0;
    for (var source : sources.values()) {
      if (!source.pending().isEmpty()) {
        highest = Math.max(highest, source.pending().getLast().version());
      }
    }
    return highest;
  }

  /// Whoever holds up the others' changes is asked for a promise.
  private void askLaggards(long wanted) {
    for (var source : sources.values()) {
      if (source.settled() < wanted && source.wantsPromise(wanted)) {
        effects.promise(source.id(), wanted);
      }
    }
  }

  // Watchers

  /// @param after everything above this version is delivered
  public void watch(long id, long after) {
    watchers.put(id, new Watcher(id, after));
  }

  public void request(long id, long more) {
    var watcher = watchers.get(id);
    if (watcher != null) {
      watcher.addCredit(more);
      serve(watcher);
    }
  }

  public void cancel(long id) {
    watchers.remove(id);
  }

  private void serve(Watcher watcher) {
    while (started && watcher.hasCredit() && !watcher.isReading()) {
      if (watcher.hasFetched()) {
        effects.deliver(watcher.id(), watcher.takeFetched());
      } else if (!serveFromRing(watcher)) {
        return;
      }
    }
  }

  /// Returns whether there may be more to serve.
  private boolean serveFromRing(Watcher watcher) {
    if (watcher.place() < 0 || ring.lost(watcher.place())) {
      if (watcher.position() < ring.floor()) {
        readFor(watcher);
        return false;
      }
      watcher.moveTo(ring.after(watcher.position()));
    }
    while (ring.has(watcher.place()) && watcher.hasCredit()) {
      var change = ring.get(watcher.place());
      if (change.version() <= watcher.position()) {
        watcher.moveTo(watcher.place() + 1);
      } else {
        watcher.delivered(change.version());
        effects.deliver(watcher.id(), change);
      }
    }
    return false;
  }

  private void readFor(Watcher watcher) {
    watcher.startReading();
    watcherReads.put(++lastRead, new WatcherRead(watcher.id(), merged));
    effects.read(lastRead, watcher.position(), READ);
  }

  // The log

  public void read(long request, EventStore.Tail tail) {
    var source = sourceReads.remove(request);
    if (source != null) {
      readForSource(source, tail);
      advance();
      return;
    }
    var read = watcherReads.remove(request);
    var watcher = read == null ? null : watchers.get(read.watcher());
    if (read != null && watcher != null) {
      readForWatcher(watcher, read.cut(), tail);
    }
  }

  private void readForSource(Source source, EventStore.Tail tail) {
    if (tail.horizon() > source.last()) {
      source.skip();
      begin = NOWHERE;
      started = false;
      return;
    }
    var events = tail.events();
    long upTo = events.size() < READ ? Long.MAX_VALUE : events.getLast().version();
    source.read(changes(events, source.id(), Long.MAX_VALUE), upTo);
  }

  private void readForWatcher(Watcher watcher, long cut, EventStore.Tail tail) {
    if (tail.horizon() > watcher.position()) {
      end(
          watcher.id(),
          new ExpiredException(
              "too old resource version: " + watcher.position() + " (" + tail.horizon() + ")"));
      return;
    }
    var events = tail.events();
    boolean all = events.size() < READ || events.getLast().version() >= cut;
    watcher.fetched(changes(events, null, cut), all ? cut : events.getLast().version());
    serve(watcher);
  }

  public void readFailed(long request, String why) {
    var source = sourceReads.remove(request);
    if (source != null) {
      source.readFailed();
      return;
    }
    var read = watcherReads.remove(request);
    if (read != null && watchers.containsKey(read.watcher())) {
      end(read.watcher(), new UnavailableException("the log could not be read: " + why));
    }
  }

  private void end(long watcher, RuntimeException why) {
    watchers.remove(watcher);
    effects.end(watcher, why);
  }

  /// @param only the partition whose events are wanted; null for all that are merged here
  private List<Changed> changes(List<EventRecord> events, @Nullable PartitionId only, long cut) {
    var changes = new ArrayList<Changed>(events.size());
    for (var event : events) {
      boolean wanted =
          only == null ? sources.containsKey(event.partition()) : event.partition().equals(only);
      if (wanted && event.version() <= cut) {
        changes.add(Changed.of(event, StoredResource.of(event, reader)));
      }
    }
    return changes;
  }

  // Time

  /// Tells those who have everything how far that is, and tries again what failed; called about
  /// once a second.
  public void tick() {
    sources.values().forEach(Source::forgetAsked);
    advance();
    for (var watcher : List.copyOf(watchers.values())) {
      boolean hasAll = !watcher.isReading() && !watcher.hasFetched();
      if (started && hasAll && watcher.hasCredit() && watcher.position() < merged) {
        watcher.progressed(merged);
        effects.deliver(watcher.id(), new WatchItem.Progress(merged));
      }
    }
  }
}

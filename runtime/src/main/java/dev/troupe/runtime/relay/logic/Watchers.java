package dev.troupe.runtime.relay.logic;

import dev.troupe.runtime.collection.Resources.ExpiredException;
import dev.troupe.runtime.collection.Resources.UnavailableException;
import dev.troupe.runtime.collection.WatchItem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/// Those who watch what is merged. A watcher gets changes from the ring; one that is behind the
/// ring is fed from the log, which is cut where the merge is, because a higher version can be
/// stored while a lower one is still in flight.
final class Watchers {

  private final StreamMerge merge;
  private final Ring ring;
  private final LogReads log;
  private final Queue<RelayEffect> effects;
  private final Map<Long, Watcher> byId = new LinkedHashMap<>();

  Watchers(StreamMerge merge, Ring ring, LogReads log, Queue<RelayEffect> effects) {
    this.merge = merge;
    this.ring = ring;
    this.log = log;
    this.effects = effects;
  }

  void add(long id, long after) {
    byId.put(id, new Watcher(id, after));
  }

  void remove(long id) {
    byId.remove(id);
    log.forget(id);
  }

  void request(long id, long more) {
    var watcher = byId.get(id);
    if (watcher != null) {
      watcher.addCredit(more);
      serve(watcher);
    }
  }

  void serve() {
    byId.values().forEach(this::serve);
  }

  private void serve(Watcher watcher) {
    while (merge.isStarted() && watcher.hasCredit() && !watcher.isReading()) {
      if (watcher.hasFetched()) {
        deliver(watcher, watcher.takeFetched());
      } else {
        serveFromRing(watcher);
        return;
      }
    }
  }

  private void serveFromRing(Watcher watcher) {
    if (watcher.place() < 0 || ring.lost(watcher.place())) {
      if (watcher.position() < ring.floor()) {
        watcher.startReading();
        log.read(watcher.position(), new LogReads.Purpose.Behind(watcher.id(), merge.merged()));
        return;
      }
      watcher.moveTo(ring.after(watcher.position()));
    }
    while (ring.has(watcher.place()) && watcher.hasCredit()) {
      var change = ring.get(watcher.place());
      if (change.version() <= watcher.position()) {
        watcher.moveTo(watcher.place() + 1);
      } else {
        watcher.delivered(change.version());
        deliver(watcher, change);
      }
    }
  }

  private void deliver(Watcher watcher, WatchItem item) {
    effects.add(new RelayEffect.Deliver(watcher.id(), item));
  }

  void read(LogReads.Purpose.Behind behind, RelayMessage.Read read) {
    var watcher = byId.get(behind.watcher());
    if (watcher == null) {
      return;
    }
    var tail = read.tail();
    if (tail.horizon() > watcher.position()) {
      end(
          watcher.id(),
          new ExpiredException(
              "too old resource version: " + watcher.position() + " (" + tail.horizon() + ")"));
      return;
    }
    var events = tail.events();
    boolean all = read.isAll() || events.getLast().version() >= behind.cut();
    watcher.fetched(
        log.changes(read, behind.cut()), all ? behind.cut() : events.getLast().version());
    serve(watcher);
  }

  void readFailed(LogReads.Purpose.Behind behind, String why) {
    if (byId.containsKey(behind.watcher())) {
      end(behind.watcher(), new UnavailableException("the log could not be read: " + why));
    }
  }

  /// Ends all watches.
  void endAll() {
    List.copyOf(byId.keySet())
        .forEach(watcher -> end(watcher, new UnavailableException("the watch was interrupted")));
  }

  private void end(long watcher, RuntimeException why) {
    byId.remove(watcher);
    effects.add(new RelayEffect.End(watcher, why));
  }

  /// Tells those who have everything how far that is.
  void progress() {
    for (var watcher : byId.values()) {
      boolean hasAll = !watcher.isReading() && !watcher.hasFetched();
      if (merge.isStarted()
          && hasAll
          && watcher.hasCredit()
          && watcher.position() < merge.merged()) {
        watcher.progressed(merge.merged());
        deliver(watcher, new WatchItem.Progress(merge.merged()));
      }
    }
  }
}

package dev.troupe.runtime.relay.logic;

import dev.troupe.runtime.collection.WatchItem.Changed;
import java.util.ArrayDeque;
import java.util.List;

/// How far one watch is, and how much more it wants.
final class Watcher {

  private final long id;

  /// Read from the log for this watcher, not delivered yet.
  private final ArrayDeque<Changed> fetched = new ArrayDeque<>();

  /// Everything up to here has been delivered.
  private long position;

  /// Everything up to here has been delivered when `fetched` has been.
  private long fetchedUpTo;

  /// Where it goes on in the ring, if that still has it.
  private long place = -1;

  private long credit;
  private boolean reading;

  Watcher(long id, long position) {
    this.id = id;
    this.position = position;
  }

  long id() {
    return id;
  }

  long position() {
    return position;
  }

  boolean hasCredit() {
    return credit > 0;
  }

  void addCredit(long more) {
    credit = credit + more < 0 ? Long.MAX_VALUE : credit + more;
  }

  boolean isReading() {
    return reading;
  }

  void startReading() {
    reading = true;
    place = -1;
  }

  void fetched(List<Changed> events, long upTo) {
    reading = false;
    fetched.addAll(events);
    fetchedUpTo = upTo;
    if (events.isEmpty()) {
      position = Math.max(position, upTo);
    }
  }

  boolean hasFetched() {
    return !fetched.isEmpty();
  }

  Changed takeFetched() {
    var change = fetched.removeFirst();
    credit--;
    position = fetched.isEmpty() ? fetchedUpTo : change.version();
    return change;
  }

  long place() {
    return place;
  }

  void moveTo(long newPlace) {
    place = newPlace;
  }

  void delivered(long version) {
    credit--;
    place++;
    position = version;
  }

  void progressed(long version) {
    credit--;
    position = version;
  }
}

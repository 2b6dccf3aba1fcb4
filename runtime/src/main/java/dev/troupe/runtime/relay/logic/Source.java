package dev.troupe.runtime.relay.logic;

import dev.troupe.runtime.collection.WatchItem.Changed;
import dev.troupe.runtime.collection.protocol.StreamItem;
import dev.troupe.runtime.collection.protocol.StreamedItem;
import dev.troupe.runtime.store.PartitionId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// One partition's stream, as a relay receives it: without gaps, because what is missing is read
/// from the log.
final class Source {

  private static final int MOST_HELD = 4_096;
  private static final long UNKNOWN = -1;
  private static final long NOTHING = -1;

  /// So many ticks without a word, and nobody streams any more: a heartbeat comes with each.
  private static final int SILENT_AT_MOST = 3;

  private final PartitionId id;
  private final int credit;

  /// Complete and in order; not merged yet.
  private final ArrayDeque<Changed> pending = new ArrayDeque<>();

  /// Items that came while something before them was being read from the log.
  private final List<StreamItem.Item> held = new ArrayList<>();

  private long epoch = UNKNOWN;

  /// The last change (or start) that is known without a gap before it.
  private long last;

  /// Nothing at or below will come any more.
  private long settled;

  /// The version up to which the log must be read.
  private long missing = NOTHING;

  /// Whether the log is being read, and the `missing` of when that began: what was stored later may
  /// not be in the answer.
  private boolean reading;

  private long readingUpTo = NOTHING;

  /// The promise that has been asked for; kept when everything up to it is settled.
  private long asked;

  private boolean followed;

  /// Counts how often it was followed. What comes of an earlier attempt is dropped.
  private long attempt;

  /// How many changes the partition has streamed in this attempt, and how many it may: what is lost
  /// on the way is counted by what comes after it.
  private long sent;

  private long total;

  /// Whether this attempt has brought anything, and the ticks since.
  private boolean heard;

  private int silence;

  /// @param credit how many changes may be on their way
  Source(PartitionId id, int credit) {
    this.id = id;
    this.credit = credit;
    this.total = credit;
  }

  PartitionId id() {
    return id;
  }

  boolean isStarted() {
    return epoch != UNKNOWN;
  }

  long settled() {
    return settled;
  }

  ArrayDeque<Changed> pending() {
    return pending;
  }

  void accept(StreamedItem streamed) {
    if (streamed.attempt() != attempt) {
      return;
    }
    heard = true;
    silence = 0;
    sent = Math.max(sent, streamed.sent());
    accept(streamed.item());
  }

  private void accept(StreamItem item) {
    if (item.epoch() < epoch) {
      return;
    }
    switch (item) {
      case StreamItem.Started started -> start(started);
      case StreamItem.Item change -> next(change);
      case StreamItem.Heartbeat beat -> beat(beat);
    }
  }

  private void start(StreamItem.Started started) {
    boolean first = !isStarted();
    epoch = started.epoch();
    held.clear();
    if (first) {
      last = started.version();
      settled = last;
      missing = NOTHING;
    } else if (started.version() > last) {
      missing = Math.max(missing, started.version());
    }
  }

  private void next(StreamItem.Item item) {
    if (item.epoch() > epoch) {
      // The start got lost on the way: so did what the former epoch left in the log.
      epoch = item.epoch();
      missing = Math.max(missing, item.previous());
    }
    if (item.version() <= last) {
      return;
    }
    if (missing == NOTHING && item.previous() > last) {
      missing = item.previous();
    }
    if (missing == NOTHING) {
      append(item.change());
    } else {
      hold(item);
    }
  }

  private void hold(StreamItem.Item item) {
    if (held.size() == MOST_HELD) {
      missing = Math.max(missing, held.getLast().version());
      held.clear();
    }
    held.add(item);
  }

  private void beat(StreamItem.Heartbeat beat) {
    if (beat.epoch() > epoch) {
      // The start got lost on the way.
      start(new StreamItem.Started(id, beat.epoch(), beat.last()));
    }
    if (missing != NOTHING) {
      return;
    }
    if (beat.last() > last) {
      missing = beat.last();
    } else {
      settled = Math.max(settled, beat.settled());
    }
  }

  private void append(Changed change) {
    pending.addLast(change);
    last = change.version();
    settled = last;
  }

  /// The partition is here: its stream begins anew, with fresh credit.
  RelayEffect follow() {
    followed = true;
    attempt++;
    sent = 0;
    total = credit;
    heard = false;
    silence = 0;
    return new RelayEffect.Follow(id, attempt, total);
  }

  /// Says again what may have been lost; and if nothing has come for long, begins anew.
  RelayEffect tick() {
    silence++;
    if (!heard) {
      return new RelayEffect.Follow(id, attempt, total);
    }
    return silence > SILENT_AT_MOST ? follow() : credit();
  }

  /// The partition is gone.
  void lost() {
    followed = false;
  }

  boolean isFollowed() {
    return followed;
  }

  /// Lets the partition stream more, if it has used much up; nothing while much is waiting here.
  ///
  /// @return whether it is to be told
  boolean grant() {
    if (total - sent > credit / 2 || pending.size() + held.size() > credit) {
      return false;
    }
    total = sent + credit;
    return true;
  }

  /// What the partition may stream, and what has come of it.
  RelayEffect credit() {
    return new RelayEffect.Credit(id, attempt, total, last);
  }

  /// Whether the log is to be read now; says so once.
  boolean wantsToRead() {
    if (missing == NOTHING || reading || pending.size() > MOST_HELD) {
      return false;
    }
    reading = true;
    readingUpTo = missing;
    return true;
  }

  long last() {
    return last;
  }

  /// Takes what the log has behind [#last()].
  ///
  /// @param events of this partition, in order
  /// @param upTo the log has been read up to this version
  void read(List<Changed> events, long upTo) {
    reading = false;
    long known = Math.min(upTo, readingUpTo);
    for (var event : events) {
      if (event.version() <= known && event.version() > last) {
        append(event);
      }
    }
    if (known >= missing) {
      caughtUp();
    } else {
      last = Math.max(last, known);
      settled = Math.max(settled, last);
    }
  }

  private void caughtUp() {
    last = Math.max(last, missing);
    settled = Math.max(settled, last);
    missing = NOTHING;
    forgetAsked();
    var items = List.copyOf(held);
    held.clear();
    items.forEach(this::next);
  }

  void readFailed() {
    reading = false;
  }

  /// The log no longer has what is missing: continues behind it.
  void skip() {
    reading = false;
    pending.clear();
    caughtUp();
  }

  /// Whether a promise up to `version` is to be asked for; says so once. Only one is at a time, so
  /// that a partition that is slow is not asked again for each change of the others.
  boolean wantsPromise(long version) {
    if (asked > settled) {
      return false;
    }
    asked = version;
    return true;
  }

  /// Forgets what has been asked for, so that it is asked for again.
  void forgetAsked() {
    asked = 0;
  }
}

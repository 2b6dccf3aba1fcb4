package dev.troupe.runtime.lease.logic;

import dev.troupe.runtime.lease.LeaseSettings;
import dev.troupe.runtime.lease.TwoClocks;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How a member shows itself in the store, and when it last heard of it.
final class Beats {

  /// A store that answers nothing is not asked more and more.
  private static final int MOST = 5;

  /// @param heard the newest roll that others were known to act by
  record Asked(TwoClocks sent, long round, long heard) {}

  private final LeaseSettings settings;
  private final TreeMap<Long, Asked> open = new TreeMap<>();

  private long next = 1;
  private long heard;
  private @Nullable TwoClocks last;
  private long answered;
  private @Nullable TwoClocks answeredAt;

  Beats(LeaseSettings settings) {
    this.settings = settings;
  }

  long next() {
    return next;
  }

  boolean isDue(TwoClocks now) {
    return last == null || now.isPast(settings.beat(), last);
  }

  /// Whether the newest one may still be answered at once.
  boolean isUnderWay(TwoClocks now) {
    var newest = open.lastEntry();
    return newest != null && now.isWithin(settings.renewal(), newest.getValue().sent());
  }

  boolean isRoom(TwoClocks now) {
    forgetOld(now);
    return open.size() < MOST || isDue(now);
  }

  private void forgetOld(TwoClocks now) {
    open.values().removeIf(asked -> !now.isWithin(settings.storeSilence(), asked.sent()));
  }

  /// @param round for which the store is to speak as well; 0 for none
  long begin(long round, TwoClocks now) {
    forgetOld(now);
    open.put(next, new Asked(now, round, heard));
    last = now;
    return next++;
  }

  /// Somebody acts by a roll: from now on the store must know it.
  void hear(long roll) {
    heard = Math.max(heard, roll);
  }

  /// Takes the answer to a beat.
  ///
  /// @return what was asked; null if that is not known any more
  @Nullable Asked answered(long beat) {
    var asked = open.remove(beat);
    if (asked != null && beat > answered) {
      answered = beat;
      answeredAt = asked.sent();
    }
    return asked;
  }

  /// The newest beat that was answered; 0 if none.
  long answered() {
    return answered;
  }

  /// When it was sent.
  @Nullable TwoClocks answeredAt() {
    return answeredAt;
  }
}

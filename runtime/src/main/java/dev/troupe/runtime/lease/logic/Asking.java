package dev.troupe.runtime.lease.logic;

import dev.troupe.runtime.lease.LeaseSettings;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.lease.Roll;
import dev.troupe.runtime.lease.TwoClocks;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The rounds in which a member asks for its lease. Each counts from when it was asked, however
/// late the answers come.
final class Asking {

  private static final class Round {
    private final TwoClocks sent;
    private final Set<MemberId> granting = new HashSet<>();
    private boolean store;

    private Round(TwoClocks sent) {
      this.sent = sent;
    }
  }

  private final LeaseSettings settings;
  private final TreeMap<Long, Round> open = new TreeMap<>();

  private long next;
  private long won;
  private @Nullable TwoClocks wonAt;

  /// @param first the number of the first round
  Asking(LeaseSettings settings, long first) {
    this.settings = settings;
    this.next = first;
  }

  /// The number of the round that begins next.
  long next() {
    return next;
  }

  long begin(TwoClocks now) {
    open.values().removeIf(round -> !now.isWithin(settings.lease(), round.sent));
    open.put(next, new Round(now));
    return next++;
  }

  /// Whether the newest round may still be won at once.
  boolean isUnderWay(TwoClocks now) {
    var newest = open.lastEntry();
    return newest != null && now.isWithin(settings.renewal(), newest.getValue().sent);
  }

  @Nullable TwoClocks sent(long round) {
    var found = open.get(round);
    return found == null ? null : found.sent;
  }

  void granted(long round, MemberId by, Roll roll) {
    var found = open.get(round);
    if (found != null && roll.includes(by)) {
      found.granting.add(by);
      decide(round, found, roll);
    }
  }

  void grantedByStore(long round, Roll roll) {
    var found = open.get(round);
    if (found != null) {
      found.store = true;
      decide(round, found, roll);
    }
  }

  private void decide(long number, Round round, Roll roll) {
    if (roll.isMajority(round.granting.size(), round.store)) {
      won = number;
      wonAt = round.sent;
      open.headMap(number, true).clear();
    }
  }

  /// The last round that a majority granted; 0 if there is none.
  long won() {
    return won;
  }

  @Nullable TwoClocks wonAt() {
    return wonAt;
  }

  /// Nothing that is under way counts.
  void forgetOpen() {
    open.clear();
  }
}

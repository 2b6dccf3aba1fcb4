package dev.troupe.runtime.lease.logic;

import dev.troupe.runtime.lease.LeaseSettings;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.lease.Roll;
import dev.troupe.runtime.lease.TwoClocks;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The roll that a member acts by, and what it knows about the end of the one before.
///
/// That one is over when so many of its members act by a later one that the others are no majority;
/// or when the store has been silent to these for so long that none of them may read.
final class ActingRoll {

  private final LeaseSettings settings;
  private final Set<MemberId> unaware = new HashSet<>();

  private Roll roll = Roll.NONE;
  private @Nullable TwoClocks learned;
  private @Nullable TwoClocks over;
  private @Nullable TwoClocks first;

  ActingRoll(LeaseSettings settings) {
    this.settings = settings;
  }

  Roll roll() {
    return roll;
  }

  long number() {
    return roll.number();
  }

  void act(Roll next, MemberId self, TwoClocks now) {
    roll = next;
    learned = now;
    first = first == null ? now : first;
    over = null;
    unaware.clear();
    unaware.addAll(next.former());
    knows(self, next.number(), now);
  }

  /// Takes note that a member acts by a roll, and will by no older one.
  void knows(MemberId member, long number, TwoClocks now) {
    if (number >= roll.number()) {
      unaware.remove(member);
      if (over == null && roll.endsFormer(unaware.size())) {
        over = now;
      }
    }
  }

  /// Whether nothing that counts is granted any more under the roll before.
  boolean isFormerOver(TwoClocks now) {
    return over != null || isFormerSilent(now);
  }

  /// How long it takes at least until no member that is not in this roll is covered; empty if
  /// nobody knows.
  @Nullable Duration untilOthersAreOver(TwoClocks now) {
    if (isFormerSilent(now)) {
      return Duration.ZERO;
    }
    return over == null ? null : now.remaining(settings.leaseIsOver(), over);
  }

  /// How long it takes until nobody reads who had the store for itself before this cluster was
  /// formed: as long as nobody reads who has not heard of the store.
  Duration untilLonerIsOver(TwoClocks now) {
    return now.remaining(settings.silenceIsOver(), first == null ? now : first);
  }

  private boolean isFormerSilent(TwoClocks now) {
    return learned != null && now.isPast(settings.silenceIsOver(), learned);
  }
}

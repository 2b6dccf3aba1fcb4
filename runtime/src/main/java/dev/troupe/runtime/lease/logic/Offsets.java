package dev.troupe.runtime.lease.logic;

import dev.troupe.runtime.lease.LeaseSettings;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.lease.TwoClocks;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Whose clock differs too much from this member's, as the answers to its letters show.
final class Offsets {

  private final LeaseSettings settings;
  private final Set<MemberId> far = new HashSet<>();

  Offsets(LeaseSettings settings) {
    this.settings = settings;
  }

  /// Whether a clock is as near as it must be, as far as one can tell: the letter may have been on
  /// its way for as long as its answer.
  ///
  /// @param shown by the other clock some time between both moments
  static boolean isNear(TwoClocks sent, TwoClocks now, long shown, LeaseSettings settings) {
    long permitted = settings.offset().toMillis();
    return shown >= sent.wallMillis() - permitted && shown <= now.wallMillis() + permitted;
  }

  boolean isNear(MemberId member) {
    return !far.contains(member);
  }

  /// @return a sentence, if this is new
  Optional<String> note(MemberId member, TwoClocks sent, TwoClocks now, long shown) {
    if (isNear(sent, now, shown, settings)) {
      far.remove(member);
      return Optional.empty();
    }
    return far.add(member) ? Optional.of(sentence(member, sent, now, shown)) : Optional.empty();
  }

  private String sentence(MemberId member, TwoClocks sent, TwoClocks now, long shown) {
    long offset = shown - (sent.wallMillis() + now.wallMillis()) / 2;
    return "the clock of "
        + member
        + " is about "
        + Math.abs(offset)
        + " ms "
        + (offset > 0 ? "ahead of" : "behind")
        + " this member's; "
        + settings.offset().toMillis()
        + " ms are permitted: synchronise both";
  }

  void keep(Set<MemberId> members) {
    far.retainAll(members);
  }
}

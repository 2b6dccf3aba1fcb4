package dev.troupe.runtime.liveness.logic;

import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.lease.Roll;
import dev.troupe.runtime.lease.TwoClocks;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// The votes of others, each of which counts as long as it is repeated.
final class Votes {

  /// Some of the repetitions may get lost.
  static final Duration LASTING = Duration.ofSeconds(1);

  private final Map<MemberId, Map<MemberId, TwoClocks>> byVictim = new HashMap<>();

  void note(MemberId by, MemberId victim, TwoClocks now) {
    if (!by.equals(victim)) {
      byVictim.computeIfAbsent(victim, _ -> new HashMap<>()).put(by, now);
    }
  }

  void forgetOld(TwoClocks now) {
    byVictim.values().forEach(votes -> votes.values().removeIf(at -> now.isPast(LASTING, at)));
    byVictim.values().removeIf(Map::isEmpty);
  }

  /// How many members of a roll vote somebody down.
  ///
  /// @param own whether this member does, too
  int count(MemberId victim, Roll roll, boolean own) {
    long others =
        byVictim.getOrDefault(victim, Map.of()).keySet().stream().filter(roll::includes).count();
    return (int) others + (own ? 1 : 0);
  }

  /// Whether so many votes are enough. Of two members either has half, and the store decides which
  /// of both is written first; otherwise half is not enough, as the other half may think the same.
  static boolean isEnough(int votes, Roll roll) {
    return roll.members().size() == 2 ? votes == 1 : roll.isMajority(votes, false);
  }
}

package dev.troupe.runtime.liveness.logic;

import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.lease.Roll;
import dev.troupe.runtime.lease.TwoClocks;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// The votes of others, each of which counts as long as it is repeated.
final class Votes {

  /// Some of the repetitions may get lost.
  static final Duration LASTING = Duration.ofSeconds(1);

  private final Map<MemberId, Map<MemberId, Cast>> byVictim = new HashMap<>();

  /// @param first when somebody began to vote so
  /// @param last when it was repeated last
  private record Cast(LivenessEffect.Why why, TwoClocks first, TwoClocks last) {}

  /// That one accuses another.
  record Accusation(MemberId by, MemberId victim) {}

  void note(MemberId by, MemberId victim, LivenessEffect.Why why, TwoClocks now) {
    if (!by.equals(victim)) {
      byVictim
          .computeIfAbsent(victim, _ -> new HashMap<>())
          .merge(
              by,
              new Cast(why, now, now),
              (before, next) -> before.why == why ? new Cast(why, before.first, now) : next);
    }
  }

  void forgetOld(TwoClocks now) {
    byVictim.values().forEach(votes -> votes.values().removeIf(at -> now.isPast(LASTING, at.last)));
    byVictim.values().removeIf(Map::isEmpty);
  }

  /// How many members of a roll vote somebody down.
  ///
  /// @param own whether this member does, too
  int count(MemberId victim, Roll roll, boolean own) {
    return (int) votes(victim).keySet().stream().filter(roll::includes).count() + (own ? 1 : 0);
  }

  /// Whether a member of a roll has voted somebody down for so long.
  boolean isAccusedFor(Duration time, MemberId victim, Roll roll, TwoClocks now) {
    return votes(victim).entrySet().stream()
        .anyMatch(vote -> roll.includes(vote.getKey()) && now.isPast(time, vote.getValue().first));
  }

  /// Whom members of a roll have not heard for so long. A port that refuses somebody is no quarrel:
  /// it may have been given to another process.
  Set<Accusation> standing(Duration time, Roll roll, TwoClocks now) {
    var standing = new HashSet<Accusation>();
    for (var victim : roll.members()) {
      votes(victim)
          .forEach((by, cast) -> {
            boolean isSilence = cast.why == LivenessEffect.Why.SILENT;
            if (isSilence && roll.includes(by) && now.isPast(time, cast.first)) {
              standing.add(new Accusation(by, victim));
            }
          });
    }
    return standing;
  }

  private Map<MemberId, Cast> votes(MemberId victim) {
    return byVictim.getOrDefault(victim, Map.of());
  }

  /// Whether so many votes are enough. Of two members either has half, and the store decides which
  /// of both is written first; otherwise half is not enough, as the other half may think the same.
  static boolean isEnough(int votes, Roll roll) {
    return roll.members().size() == 2 ? votes == 1 : roll.isMajority(votes, false);
  }
}

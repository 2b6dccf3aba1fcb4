package dev.troupe.runtime.liveness.logic;

import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.liveness.logic.Votes.Accusation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// Two members that do not hear each other cannot work together, and nobody is in a minority if all
/// others hear both. One of them has to go: whoever does not get on with more of the others; of
/// equals the one that is accused, or, if both are, the one whose name comes last. Everybody who
/// hears both says the same as soon as he knows the same. Pure.
final class Quarrels {

  private final Set<Accusation> accusations;
  private final Map<MemberId, Set<MemberId>> opponents = new HashMap<>();

  /// @param accusations that have stood for a while, those of this member among them
  Quarrels(Set<Accusation> accusations) {
    this.accusations = Set.copyOf(accusations);
    for (var accusation : accusations) {
      opponents.computeIfAbsent(accusation.by(), _ -> new HashSet<>()).add(accusation.victim());
      opponents.computeIfAbsent(accusation.victim(), _ -> new HashSet<>()).add(accusation.by());
    }
  }

  /// Whom a bystander votes down.
  ///
  /// @param hears whom this member hears, itself not among them: where it is a party it does not
  ///   judge
  Set<MemberId> losers(Predicate<MemberId> hears) {
    var losers = new HashSet<MemberId>();
    for (var accusation : accusations) {
      if (hears.test(accusation.by()) && hears.test(accusation.victim())) {
        losers.add(loser(accusation));
      }
    }
    return losers;
  }

  private MemberId loser(Accusation accusation) {
    var by = accusation.by();
    var victim = accusation.victim();
    int more = Integer.compare(opponents(by), opponents(victim));
    if (more != 0) {
      return more > 0 ? by : victim;
    }
    boolean isMutual = accusations.contains(new Accusation(victim, by));
    return isMutual && by.compareTo(victim) > 0 ? by : victim;
  }

  private int opponents(MemberId member) {
    return opponents.getOrDefault(member, Set.of()).size();
  }
}

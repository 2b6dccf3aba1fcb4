package dev.troupe.runtime.lease;

import java.util.Set;

/// Who grants read leases and may have one: the members that the store has written down, under a
/// number that rises by one with each change. That the store puts the rolls in order is what makes
/// majorities of different rolls comparable: views of the cluster's gossip are not.
///
/// The rules, which together say when nobody outside a roll is covered any more:
///
/// - a lease is granted by a majority of one roll, and nobody who acts by a later one grants it;
/// - a roll is over as soon as those of its members that may not know a later one are no majority
///   of it; from then on nothing is granted under it;
/// - the roll after next is written only when this one's predecessor is over, so only two can be in
///   use at any moment;
/// - whoever was struck from a roll never returns under the same [MemberId].
///
/// @param members of this roll
/// @param former the members of the roll before; of a cluster that is formed anew none
public record Roll(long number, Set<MemberId> members, Set<MemberId> former) {

  /// Before the first.
  public static final Roll NONE = new Roll(0, Set.of(), Set.of());

  public Roll {
    members = Set.copyOf(members);
    former = Set.copyOf(former);
  }

  /// The one that follows, should the store accept it.
  public Roll next(Set<MemberId> nextMembers) {
    return new Roll(number + 1, nextMembers, members);
  }

  /// The one with which a cluster is formed where the former one has been silent for so long that
  /// none of its members reads: there is nobody to wait for.
  public Roll formed(MemberId first) {
    return new Roll(number + 1, Set.of(first), Set.of());
  }

  public boolean includes(MemberId member) {
    return members.contains(member);
  }

  public boolean isEven() {
    return members.size() % 2 == 0;
  }

  /// Whether so many members are a majority; with an even number the store decides a tie.
  ///
  /// @param store whether the store is with them
  public boolean isMajority(int granting, boolean store) {
    return 2 * granting + (store ? 1 : 0) > members.size();
  }

  /// Whether the roll before is over, once all but so many of its members act by this one. The
  /// store, which knows this one, decides no tie there any more.
  public boolean endsFormer(int unaware) {
    return 2 * unaware <= former.size();
  }
}

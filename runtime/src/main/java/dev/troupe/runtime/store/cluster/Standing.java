package dev.troupe.runtime.store.cluster;

import dev.troupe.runtime.lease.Roll;

/// How things stand in the store, for one member.
///
/// @param roll the newest
/// @param cluster the incarnation of the cluster: the number of the roll that it was formed with; 0
///   before the first
/// @param beats how often members of it have shown themselves
/// @param struck whether this member was in a roll once and is not any more: it never will be again
public record Standing(Roll roll, long cluster, long beats, boolean struck) {

  /// Whether nobody of the cluster has done anything in between.
  public boolean isStill(Standing before) {
    return roll.number() == before.roll.number() && beats == before.beats;
  }
}

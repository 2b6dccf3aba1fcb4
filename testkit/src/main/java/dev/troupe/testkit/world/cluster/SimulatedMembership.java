package dev.troupe.testkit.world.cluster;

import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.lease.TwoClocks;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// Whom one member takes for the members of the cluster. It hears of others late and in no order,
/// and what it is told may be wrong: nothing that must never happen may depend on it.
final class SimulatedMembership {

  private final Set<MemberId> known = new HashSet<>();
  private final Map<MemberId, TwoClocks> down = new HashMap<>();

  SimulatedMembership(MemberId self) {
    known.add(self);
  }

  void know(Collection<MemberId> members) {
    known.addAll(members);
  }

  void down(Collection<MemberId> members, TwoClocks now) {
    members.forEach(member -> down.putIfAbsent(member, now));
  }

  boolean knows(MemberId member) {
    return known.contains(member);
  }

  Set<MemberId> known() {
    return Set.copyOf(known);
  }

  Set<MemberId> down() {
    return Set.copyOf(down.keySet());
  }

  boolean isDown(MemberId member) {
    return down.containsKey(member);
  }

  boolean isDownFor(MemberId member, Duration term, TwoClocks now) {
    var since = down.get(member);
    return since != null && now.isPast(term, since);
  }

  SortedSet<MemberId> members() {
    var members = new TreeSet<>(known);
    members.removeAll(down.keySet());
    return members;
  }
}

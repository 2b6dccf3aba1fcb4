package dev.troupe.testkit.world.cluster;

import dev.troupe.runtime.lease.MemberId;
import dev.troupe.testkit.world.Schedule;
import java.util.HashSet;
import java.util.Set;

/// The ways between members, each with two directions. What two messages do is independent: a later
/// one may be there first.
final class SimulatedLinks {

  private record Way(MemberId from, MemberId to) {}

  private final Schedule schedule;
  private final Set<Way> cut = new HashSet<>();
  private LinkFaults faults;

  SimulatedLinks(Schedule schedule, LinkFaults faults) {
    this.schedule = schedule;
    this.faults = faults;
  }

  void faults(LinkFaults next) {
    faults = next;
  }

  /// From now on nothing gets from the one to the other; what is on its way arrives.
  void cut(MemberId from, MemberId to) {
    cut.add(new Way(from, to));
  }

  void heal() {
    cut.clear();
  }

  boolean isCut(MemberId from, MemberId to) {
    return cut.contains(new Way(from, to));
  }

  void send(MemberId from, MemberId to, Runnable arrive) {
    if (isCut(from, to) || schedule.chance(faults.lost())) {
      return;
    }
    int copies = schedule.chance(faults.repeated()) ? 2 : 1;
    for (int i = 0; i < copies; i++) {
      var longest = schedule.chance(faults.late()) ? faults.lateness() : faults.delay();
      schedule.sometime(longest, arrive);
    }
  }
}

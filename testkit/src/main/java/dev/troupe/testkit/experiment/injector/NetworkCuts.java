package dev.troupe.testkit.experiment.injector;

import dev.troupe.testkit.experiment.fault.CutDirection;
import dev.troupe.testkit.members.MemberNetwork;
import dev.troupe.testkit.members.MemberServer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/// Who is cut off from whom by the faults that last. A network can only be healed as a whole: what
/// other faults have cut is cut again then.
public final class NetworkCuts {

  /// One cut in a network.
  interface Cut {
    void in(MemberNetwork network);
  }

  private final MemberNetwork network;
  private final List<Cut> lasting = new ArrayList<>();

  public NetworkCuts(MemberNetwork network) {
    this.network = network;
  }

  void make(List<Cut> cuts) {
    lasting.addAll(cuts);
    cuts.forEach(cut -> cut.in(network));
  }

  void mend(List<Cut> cuts) {
    if (lasting.removeAll(cuts)) {
      network.heal();
      lasting.forEach(cut -> cut.in(network));
    }
  }

  /// Each of some from all others.
  static List<Cut> from(List<MemberServer> victims, List<MemberServer> all) {
    return pairs(
        all, (one, other) -> victims.contains(all.get(one)) || victims.contains(all.get(other)));
  }

  /// What some send to the others, or are sent by them.
  static List<Cut> oneWay(
      List<MemberServer> victims, List<MemberServer> all, CutDirection direction) {
    var cuts = new ArrayList<Cut>();
    for (var victim : victims) {
      for (var other : all) {
        if (!victims.contains(other)) {
          int from = direction == CutDirection.OUT ? victim.number() : other.number();
          int to = direction == CutDirection.OUT ? other.number() : victim.number();
          cuts.add(network -> network.cutOneWay(from, to));
        }
      }
    }
    return cuts;
  }

  /// Each from everything.
  static List<Cut> off(List<MemberServer> victims) {
    return victims.stream()
        .map(victim -> (Cut) network -> network.cutOff(victim.number()))
        .toList();
  }

  /// Each from all but its two neighbours.
  static List<Cut> ring(List<MemberServer> all) {
    return pairs(all, (one, other) -> other - one > 1 && other - one < all.size() - 1);
  }

  /// @param which by two places among all, of which the first is the lower one
  static List<Cut> pairs(List<MemberServer> all, BiPredicate<Integer, Integer> which) {
    var cuts = new ArrayList<Cut>();
    for (int i = 0; i < all.size(); i++) {
      for (int j = i + 1; j < all.size(); j++) {
        if (which.test(i, j)) {
          int one = all.get(i).number();
          int other = all.get(j).number();
          cuts.add(network -> network.cut(one, other));
        }
      }
    }
    return cuts;
  }
}

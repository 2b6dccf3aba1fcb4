package dev.troupe.testkit.world.cluster;

import dev.troupe.runtime.lease.MemberId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// What clients of a cluster may rely on, held against what happens.
final class ClusterChecks {

  private final Supplier<List<SimulatedMember>> members;
  private final Map<Integer, Long> acknowledged = new HashMap<>();
  private final Map<Integer, Long> serving = new HashMap<>();
  private final List<String> violations = new ArrayList<>();
  private long reads;
  private long takeovers;

  ClusterChecks(Supplier<List<SimulatedMember>> members) {
    this.members = members;
  }

  List<String> violations() {
    return violations;
  }

  /// How many reads were answered.
  long reads() {
    return reads;
  }

  /// How often somebody began to serve.
  long takeovers() {
    return takeovers;
  }

  /// The highest value that any client knows to be stored.
  long acknowledged(int partition) {
    return acknowledged.getOrDefault(partition, 0L);
  }

  void acknowledged(int partition, long value) {
    acknowledged.merge(partition, value, Math::max);
  }

  /// At no moment do two serve: whoever begins finds nobody else who may read.
  void begins(SimulatedMember member, int partition, long epoch) {
    takeovers++;
    serving.merge(partition, epoch, Math::max);
    for (var other : members.get()) {
      var owner = other.owner(partition);
      if (!other.id().equals(member.id())
          && owner != null
          && owner.root().isPresent()
          && owner.epoch() < epoch
          && other.mayRead()) {
        violations.add(
            member.id()
                + " serves "
                + partition
                + " in epoch "
                + epoch
                + ", and "
                + other.id()
                + " may read it in "
                + owner.epoch());
      }
    }
  }

  /// A read shows all that was acknowledged when it began.
  void read(MemberId by, int partition, long value, long atLeast) {
    reads++;
    if (value < atLeast) {
      violations.add(
          by + " reads " + value + " of " + partition + " after " + atLeast + " was acknowledged");
    }
  }

  /// Nobody who may read has what another one serves by now.
  void readable(SimulatedMember by, int partition, long epoch) {
    long newest = serving.getOrDefault(partition, 0L);
    if (epoch < newest) {
      violations.add(
          by.id() + " may read " + partition + " in epoch " + epoch + ", " + newest + " serves");
    }
  }
}

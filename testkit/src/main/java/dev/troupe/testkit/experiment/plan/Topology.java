package dev.troupe.testkit.experiment.plan;

import dev.troupe.testkit.experiment.fault.FaultKind;
import dev.troupe.testkit.experiment.fault.InjectedFault;
import dev.troupe.testkit.experiment.fault.InjectedFault.PartialCut;
import dev.troupe.testkit.experiment.fault.InjectedFault.Targeted;
import dev.troupe.testkit.experiment.fault.Who;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What is set up.
///
/// @param members how many, each a process of its own
/// @param partitions into how many a collection is split, for those that are not to have what
///   members split them into by themselves; `plural` or `plural.group`
/// @param jvm options of each member's JVM
/// @param startsWithin how long a member may need until it is ready
/// @param leavesWithin how long a member may need to leave
/// @param olderBuild the directory of another Troupe, which members can be of for a while; empty if
///   there is none
public record Topology(
    int members,
    Map<String, Integer> partitions,
    List<String> jvm,
    Storage storage,
    Duration startsWithin,
    Duration leavesWithin,
    String olderBuild) {

  /// What keeps what is written.
  public enum Storage {
    POSTGRES;

    /// How files say it.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public static final int MOST_MEMBERS = 7;

  public Topology {
    if (members < 1 || members > MOST_MEMBERS) {
      throw new RefusedExperiment(
          "an experiment has 1 to " + MOST_MEMBERS + " members, not " + members);
    }
    partitions = Map.copyOf(partitions);
    jvm = List.copyOf(jvm);
  }

  /// All of one build.
  public Topology(
      int members,
      Map<String, Integer> partitions,
      List<String> jvm,
      Storage storage,
      Duration startsWithin,
      Duration leavesWithin) {
    this(members, partitions, jvm, storage, startsWithin, leavesWithin, "");
  }

  Topology withMembers(int count) {
    return new Topology(count, partitions, jvm, storage, startsWithin, leavesWithin, olderBuild);
  }

  /// Why a fault cannot come to these members; empty if it can.
  public String obstacle(InjectedFault fault) {
    var kind = fault.kind();
    if (members < leastFor(fault)) {
      return "%s needs %d members, here are %d".formatted(kind.word(), leastFor(fault), members);
    }
    return switch (fault) {
      case PartialCut(var between) ->
          between.stream()
              .filter(number -> number > members)
              .map(this::missing)
              .findFirst()
              .orElse("");
      case Targeted hit when hit.who() instanceof Who.MemberNumber(int number) ->
          number > members ? missing(number) : "";
      default -> "";
    };
  }

  private static int leastFor(InjectedFault fault) {
    FaultKind kind = fault.kind();
    return fault instanceof Targeted hit && hit.who() == Who.Role.OTHER
        ? Math.max(2, kind.leastMembers())
        : kind.leastMembers();
  }

  private String missing(int number) {
    return "there is no member " + number + ", members are numbered from 1 to " + members;
  }
}

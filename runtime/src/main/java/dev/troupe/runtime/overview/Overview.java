package dev.troupe.runtime.overview;

import dev.troupe.runtime.collection.PartitionReport;
import dev.troupe.runtime.controller.HostReport;
import dev.troupe.runtime.store.EventStore;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who takes part, who holds what, and who is behind whom, as one member sees it. The parts are
/// read one after the other: it is for people, not for decisions.
///
/// @param seenBy the address of the member that tells
public record Overview(
    String seenBy,
    List<MemberReport> members,
    List<PartitionReport> partitions,
    List<HostReport> controllers,
    List<PromiseReport> promises,
    List<StreamReport> streams) {

  /// @param status as the cluster knows it, such as `up` or `leaving`
  /// @param answers whether it has told of itself for this overview
  /// @param commits of its store; null if it does not answer, or has committed nothing
  public record MemberReport(
      String address, String status, boolean answers, EventStore.@Nullable Commits commits) {

    /// A member that has not told anything.
    public static MemberReport silent(String address, String status) {
      return new MemberReport(address, status, false, null);
    }

    private MemberReport with(Collection<SelfReport> told) {
      return told.stream()
          .filter(report -> report.member().equals(address))
          .findFirst()
          .map(report -> new MemberReport(address, status, true, report.commits()))
          .orElse(this);
    }
  }

  /// Puts together what members tell of themselves. Of two that say that they hold a partition
  /// whoever has the newer epoch is right.
  ///
  /// @param members that take part
  /// @param places where partitions are, and nothing else of them
  /// @param controllers how those are doing
  /// @param told by members, of which the first is the one that asks
  /// @param now in milliseconds
  static Overview of(
      List<MemberReport> members,
      List<PartitionReport> places,
      List<HostReport> controllers,
      List<SelfReport> told,
      long now) {
    var partitions = places.stream().map(known -> newest(known, told)).toList();
    return new Overview(
        told.getFirst().member(),
        members.stream().map(member -> member.with(told)).toList(),
        partitions,
        controllers,
        PromiseReport.all(partitions, told, now),
        told.stream().flatMap(report -> report.streams().stream()).toList());
  }

  private static PartitionReport newest(PartitionReport known, Collection<SelfReport> told) {
    return told.stream()
        .flatMap(report -> report.partitions().stream())
        .filter(report -> report.id().equals(known.id()) && report.epoch() > known.epoch())
        .max(Comparator.comparingLong(PartitionReport::epoch))
        .orElse(known);
  }

  public Overview {
    members = List.copyOf(members);
    partitions = List.copyOf(partitions);
    controllers = List.copyOf(controllers);
    promises = List.copyOf(promises);
    streams = List.copyOf(streams);
  }
}

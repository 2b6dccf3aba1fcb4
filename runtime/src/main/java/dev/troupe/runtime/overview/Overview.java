package dev.troupe.runtime.overview;

import dev.troupe.runtime.collection.PartitionReport;
import dev.troupe.runtime.controller.HostReport;
import dev.troupe.runtime.store.EventStore;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who takes part, and who holds what, as one member sees it. The parts are read one after the
/// other: it is for people, not for decisions.
///
/// @param seenBy the address of the member that tells
public record Overview(
    String seenBy,
    List<MemberReport> members,
    List<PartitionReport> partitions,
    List<HostReport> controllers) {

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

  /// The same with what members tell of themselves. Of two that say that they hold a partition
  /// whoever has the newer epoch is right.
  public Overview with(Collection<SelfReport> told) {
    return new Overview(
        seenBy,
        members.stream().map(member -> member.with(told)).toList(),
        partitions.stream().map(known -> newest(known, told)).toList(),
        controllers);
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
  }
}

package dev.troupe.runtime.member;

import dev.troupe.runtime.collection.PartitionReport;
import dev.troupe.runtime.controller.HostReport;
import dev.troupe.runtime.gateway.message.GatewayMessage.OverviewTold;
import java.util.Comparator;
import java.util.List;

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
  public record MemberReport(String address, String status) {}

  /// The same with what others tell of what they hold. Of two that say so whoever has the newer
  /// epoch is right.
  Overview with(List<OverviewTold> others) {
    return new Overview(
        seenBy,
        members,
        partitions.stream().map(known -> newest(known, others)).toList(),
        controllers);
  }

  private static PartitionReport newest(PartitionReport known, List<OverviewTold> others) {
    return others.stream()
        .flatMap(told -> told.partitions().stream())
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

package dev.troupe.runtime.member;

import dev.troupe.runtime.collection.PartitionReport;
import dev.troupe.runtime.controller.HostReport;
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

  public Overview {
    members = List.copyOf(members);
    partitions = List.copyOf(partitions);
    controllers = List.copyOf(controllers);
  }
}

package dev.troupe.clusterconfig.ensemble.logic;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What is seen of all members at a moment.
///
/// @param members by their names
/// @param counts empty if nobody tells
public record RollingSight(Map<String, One> members, Optional<SpreadCounts> counts) {

  /// @param pid of its process, if it runs
  /// @param ready whether it says that it serves
  public record One(OptionalLong pid, boolean ready) {

    boolean isReady() {
      return pid.isPresent() && ready;
    }
  }

  public RollingSight {
    members = Map.copyOf(members);
  }

  One of(String member) {
    return members.getOrDefault(member, new One(OptionalLong.empty(), false));
  }
}

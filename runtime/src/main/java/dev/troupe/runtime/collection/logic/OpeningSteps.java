package dev.troupe.runtime.collection.logic;

import dev.troupe.runtime.collection.protocol.PartitionMessage;
import java.util.Map;
import java.util.TreeMap;

/// When the steps were done that lead to the next epoch of a partition, in milliseconds of the
/// member's time. An epoch that is not served leaves its successor the time from which clients
/// wait.
final class OpeningSteps {

  private static final String ALLOCATED = "allocated";
  private static final String OPENED = "opened";
  private static final String SCANNED = "scanned";

  private final Map<String, Long> times = new TreeMap<>();

  /// This member has the partition, or begins anew with it.
  void began(long now) {
    times.putIfAbsent(ALLOCATED, now);
  }

  /// Something that was waited for has come.
  void on(PartitionMessage.Opening news, long now) {
    switch (news) {
      case PartitionMessage.Retry _ -> began(now);
      case PartitionMessage.Opened _ -> {
        times.put(OPENED, now);
        times.remove(SCANNED);
      }
      case PartitionMessage.Loaded _ -> times.put(SCANNED, now);
      case PartitionMessage.Leased _,
          PartitionMessage.GivenUp _,
          PartitionMessage.OpenFailed _ -> {}
    }
  }

  /// An epoch is served; what comes now are the steps to another one.
  ///
  /// @return by step, when it was done
  Map<String, Long> served() {
    var done = Map.copyOf(times);
    times.clear();
    return done;
  }
}

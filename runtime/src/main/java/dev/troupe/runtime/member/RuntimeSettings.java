package dev.troupe.runtime.member;

import com.typesafe.config.Config;
import dev.troupe.runtime.collection.PartitionSettings;
import java.time.Duration;

/// The settings of the runtime, read once: `troupe.runtime`.
///
/// @param maxObjectBytes how large an object may become as JSON
/// @param startPatience how long a start may take until all partitions serve
record RuntimeSettings(
    PartitionCounts partitions,
    int maxObjectBytes,
    Duration startPatience,
    PartitionSettings partition) {

  static RuntimeSettings from(Config config) {
    var runtime = config.getConfig("troupe.runtime");
    return new RuntimeSettings(
        PartitionCounts.from(config),
        Math.toIntExact(runtime.getBytes("max-object-size")),
        runtime.getDuration("start-patience"),
        new PartitionSettings(
            runtime.getInt("partition.unanswered"),
            runtime.getInt("partition.unanswered-per-resource"),
            runtime.getInt("partition.idle-awake"),
            runtime.getDuration("partition.idle"),
            runtime.getDuration("partition.tombstones"),
            runtime.getInt("partition.most-tombstones")));
  }
}

package dev.troupe.runtime.overview;

import dev.troupe.runtime.measure.Trail;
import dev.troupe.runtime.store.PartitionId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How the streams of changes from one member to another are, as the one that sends knows it.
///
/// @param from the address of the member that has the partitions
/// @param to the address of the one where their changes are followed; it may be the same
/// @param streams how many there are
/// @param changes how many the receiver has not acknowledged, which it does every second or so; of
///   each stream no more than [Trail#MOST] are counted
/// @param oldest how long the first of them has been there
/// @param slowest the partition that it is of; null if there is none
public record StreamReport(
    String from,
    String to,
    int streams,
    int changes,
    Duration oldest,
    @Nullable PartitionId slowest) {

  static StreamReport none(String from, String to) {
    return new StreamReport(from, to, 0, 0, Duration.ZERO, null);
  }

  /// With one more of them.
  StreamReport with(PartitionId partition, Trail.Behind behind, long now) {
    var since = Duration.ofMillis(behind.millis(now));
    boolean slower = behind.changes() > 0 && (slowest == null || since.compareTo(oldest) > 0);
    return new StreamReport(
        from,
        to,
        streams + 1,
        changes + behind.changes(),
        slower ? since : oldest,
        slower ? partition : slowest);
  }
}

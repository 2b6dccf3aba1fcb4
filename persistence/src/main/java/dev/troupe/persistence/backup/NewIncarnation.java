package dev.troupe.persistence.backup;

import dev.troupe.api.resource.Version;
import dev.troupe.persistence.format.ArchivedEntry;
import dev.troupe.persistence.format.ArchivedEntry.Event;
import dev.troupe.persistence.format.LogEntry.CollectionState;
import dev.troupe.persistence.format.LogEntry.PartitionState;
import java.time.Duration;

/// What becomes of the state of a store when it is restored. The cluster from which the copy was
/// taken may have gone on since: so every epoch is over, versions go on above all that anybody can
/// have seen of it, and positions of before have expired.
///
/// @param floor above every version that can have been seen
public record NewIncarnation(long floor) {

  /// A version or promise is at most this far ahead of any clock: 3 s ahead of that of whoever gave
  /// it, or half a second more if somebody had seen it elsewhere, and clocks differ by 250 ms.
  private static final Duration AHEAD = Duration.ofSeconds(4);

  /// @param nowMillis wall-clock time of the restore
  public static NewIncarnation at(long nowMillis) {
    return new NewIncarnation(Version.atMillis(nowMillis + AHEAD.toMillis()));
  }

  /// What to store in place of an entry.
  public ArchivedEntry adapt(ArchivedEntry entry) {
    return switch (entry) {
      case PartitionState state ->
          new PartitionState(
              state.partition(),
              state.epoch(),
              false,
              false,
              Math.max(floor, state.highestVersion()),
              state.facts());
      case CollectionState state ->
          new CollectionState(
              state.collection(), state.partitions(), Math.max(floor, state.horizon()));
      case Event event -> event;
    };
  }
}

package dev.troupe.runtime.relay.logic;

import dev.troupe.runtime.measure.Trail;
import dev.troupe.runtime.store.PartitionId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a relay shows of itself: the changes that it has merged, and those that it holds back.
/// Written by the relay, read by any thread.
public final class MergeBoard {

  private final Trail merged = new Trail();
  private volatile @Nullable Merging merging;

  /// Where the merge of several partitions is.
  ///
  /// @param slowest the partition that has promised least
  /// @param promised nothing of it at or below this version will come; 0 if it has said nothing
  /// @param held how many changes are here and wait for a promise that nothing comes before them
  /// @param oldest the version of the first of them; 0 if there is none
  public record Merging(PartitionId slowest, long promised, int held, long oldest) {

    /// What whoever waits for the merge lacks.
    public Trail.Behind behind() {
      return new Trail.Behind(held, oldest);
    }
  }

  void merged(long version) {
    merged.add(version);
  }

  void merging(Merging now) {
    merging = now;
  }

  /// The changes that watchers can have.
  public Trail merged() {
    return merged;
  }

  /// Empty if nothing has come, or there is nothing to merge.
  public Optional<Merging> merging() {
    return Optional.ofNullable(merging);
  }
}

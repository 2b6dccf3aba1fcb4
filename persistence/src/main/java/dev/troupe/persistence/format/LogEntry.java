package dev.troupe.persistence.format;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.store.PartitionId;
import java.util.Map;

/// What a log holds beside events. Kept for ever: a record is never changed, only succeeded by
/// another version.
public sealed interface LogEntry extends ReplayedEntry {

  /// What is said of one partition.
  sealed interface OfPartition extends LogEntry {}

  /// What is said of collections, and of the log itself.
  sealed interface OfIndex extends LogEntry {}

  /// The whole state of a partition: replaces whatever came before.
  ///
  /// @param open whether the epoch goes on
  /// @param unclean whether an owner of an epoch before this one may not have closed it, and may
  ///   still be answering readers
  /// @param highestVersion the highest version stored in, or pruned from, the partition
  record PartitionState(
      PartitionId partition,
      long epoch,
      boolean open,
      boolean unclean,
      long highestVersion,
      Map<String, byte[]> facts)
      implements OfPartition, ArchivedEntry {}

  /// Facts to put over those of the same names; an empty value removes one.
  record FactsSet(PartitionId partition, Map<String, byte[]> facts) implements OfPartition {}

  /// @param partitions 0 if nobody has said yet
  /// @param horizon see `EventStore.Tail`
  record CollectionState(TypeRef collection, int partitions, long horizon)
      implements OfIndex, ArchivedEntry {}

  /// At this place of the log, retention has been applied to a collection: what that removes is
  /// found by whoever reads it. No longer written, see [Removed].
  record Pruned(TypeRef collection, long nowMillis, long ageMillis, int perResource)
      implements OfIndex {}

  /// At this place of the log, retention has removed events of a collection. Names them, since it
  /// could not be found again from what is left of the log once events were written again behind
  /// this place.
  ///
  /// @param horizon the collection's from now on, unless it is higher already
  /// @param versions ascending
  record Removed(TypeRef collection, long horizon, long[] versions) implements OfIndex {}

  /// Everything that still matters of the segments below `firstSegment` has been written again:
  /// they may be gone.
  record Trimmed(long firstSegment) implements OfIndex {}
}

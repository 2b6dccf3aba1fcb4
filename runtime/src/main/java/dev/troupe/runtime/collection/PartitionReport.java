package dev.troupe.runtime.collection;

import dev.troupe.runtime.store.PartitionId;
import org.jspecify.annotations.Nullable;

/// How a partition is doing.
///
/// @param owner the address of the member that holds it; null if none is known to
/// @param epoch 0 if it is not open
/// @param resources how many it holds
/// @param version everything up to it has been released and can be read; 0 if nothing can
public record PartitionReport(
    PartitionId id,
    @Nullable String owner,
    boolean serving,
    long epoch,
    int resources,
    long version) {

  /// Nobody is known to hold it.
  public static PartitionReport unknown(PartitionId id) {
    return new PartitionReport(id, null, false, 0, 0, 0);
  }
}

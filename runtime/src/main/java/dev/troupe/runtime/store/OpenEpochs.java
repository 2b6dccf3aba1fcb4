package dev.troupe.runtime.store;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The partitions that are open on this member and whose actors recover through the journal and
/// snapshot plugins, and what each knows of them. The plugins ask here instead of reading the
/// store.
public final class OpenEpochs {

  private record Epoch(PartitionId partition, long number) {}

  private final ConcurrentHashMap<Epoch, LatestRecords> open = new ConcurrentHashMap<>();

  public void add(PartitionId partition, long epoch, LatestRecords records) {
    open.put(new Epoch(partition, epoch), records);
  }

  /// Without effect if it is not there.
  public void remove(PartitionId partition, long epoch) {
    open.remove(new Epoch(partition, epoch));
  }

  /// Empty if the epoch is over (or was never opened here): then nobody of it may wake any more.
  public Optional<LatestRecords> find(PartitionId partition, long epoch) {
    return Optional.ofNullable(open.get(new Epoch(partition, epoch)));
  }
}

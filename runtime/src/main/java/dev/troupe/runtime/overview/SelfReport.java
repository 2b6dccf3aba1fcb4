package dev.troupe.runtime.overview;

import dev.troupe.runtime.collection.PartitionReport;
import dev.troupe.runtime.store.EventStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a member tells of itself.
///
/// @param member its address
/// @param partitions those that it holds
/// @param commits of its store; null if there were none yet
/// @param held what its watches of whole collections lack, for each that it watches
/// @param streams to each member that follows a partition here
public record SelfReport(
    String member,
    List<PartitionReport> partitions,
    EventStore.@Nullable Commits commits,
    List<HeldReport> held,
    List<StreamReport> streams) {}

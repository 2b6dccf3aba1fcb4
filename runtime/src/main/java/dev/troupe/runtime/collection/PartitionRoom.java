package dev.troupe.runtime.collection;

import dev.troupe.resources.registry.ResourceType;
import dev.troupe.runtime.collection.whereabouts.PartitionDirectory;
import dev.troupe.runtime.handover.Handover;
import dev.troupe.runtime.resource.logic.ResourceLogic;
import dev.troupe.runtime.store.EventStore;
import java.time.InstantSource;
import java.util.function.DoubleSupplier;

/// What the partitions of one collection on one member need.
///
/// @param random between 0 and 1, for delays
public record PartitionRoom(
    ResourceType type,
    ResourceLogic logic,
    PartitionSettings settings,
    EventStore store,
    Handover handover,
    PartitionDirectory directory,
    InstantSource time,
    DoubleSupplier random) {}

package dev.troupe.runtime.collection;

import dev.troupe.resources.registry.ResourceType;
import dev.troupe.runtime.collection.whereabouts.PartitionDirectory;
import dev.troupe.runtime.handover.Handover;
import dev.troupe.runtime.lease.LeaseQueue;
import dev.troupe.runtime.measure.MemberMeasures;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.resource.logic.Deciding;
import dev.troupe.runtime.resource.logic.ResourceLogic;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.trace.Traces;
import java.time.InstantSource;
import java.util.function.BiConsumer;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the partitions of one collection on one member need.
///
/// @param leases where they wait until they may serve; null if this member is alone
/// @param definition the uid of the type's definition as it is known at a moment; empty if the type
///   is always there
/// @param random between 0 and 1, for delays
/// @param onlooker is shown every write when it is stored, before anybody else; does not block
public record PartitionRoom(
    ResourceType type,
    Supplier<String> definition,
    ResourceLogic logic,
    PartitionSettings settings,
    EventStore store,
    Handover handover,
    PartitionDirectory directory,
    @Nullable LeaseQueue leases,
    InstantSource time,
    DoubleSupplier random,
    MemberMeasures measures,
    Traces traces,
    BiConsumer<EventRecord, StoredResource> onlooker) {

  /// How resources decide in an epoch of a partition; what that takes is in the traces of writes.
  Deciding deciding(PartitionId partition, long epoch) {
    return (state, order, now) -> {
      var span = traces.begin(Traces.Step.DECIDE, order.request().trace());
      span.with("partition", partition).with("epoch", epoch);
      try {
        return logic.decide(state, order, now);
      } finally {
        span.end();
      }
    };
  }
}

package dev.troupe.runtime.member;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.registry.ResourceType;
import dev.troupe.runtime.collection.Placement;
import dev.troupe.runtime.collection.Resources.UnavailableException;
import dev.troupe.runtime.collection.protocol.PartitionMessage;
import dev.troupe.runtime.collection.whereabouts.Here;
import dev.troupe.runtime.collection.whereabouts.PartitionDirectory;
import dev.troupe.runtime.definition.DefinedCollections;
import dev.troupe.runtime.failure.Failures;
import dev.troupe.runtime.relay.Relays;
import dev.troupe.runtime.store.EventStore;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// The collections of defined types at a member: how many partitions each has the store says, and
/// from then on they are kept awake like all others.
record MemberCollections(
    PartitionCounts counts,
    EventStore store,
    Placement placement,
    PartitionDirectory directory,
    Relays relays)
    implements DefinedCollections {

  @Override
  public CompletionStage<Void> open(TypeRef type) {
    return placement.has(type)
        ? CompletableFuture.completedStage(null)
        : counts
            .fixed(type, store)
            .thenAccept(count -> placement.add(type, count))
            .exceptionally(failure -> {
              throw new UnavailableException(
                  "%s cannot be served yet: %s".formatted(type, Failures.cause(failure)));
            });
  }

  /// What is kept of each object to find it by is read anew, in the next epoch, where the type is
  /// stored or selected by otherwise. Whoever watches is shown objects as the type had them, and
  /// begins anew.
  @Override
  public void changed(ResourceType before, ResourceType after) {
    if (!before.storage().equals(after.storage())
        || !before.selectableFields().equals(after.selectableFields())) {
      for (var partition : placement.partitions(after.ref())) {
        directory.here(partition).ifPresent(MemberCollections::reopen);
      }
    }
    relays.end(after.ref());
  }

  private static void reopen(Here partition) {
    long epoch = partition.epoch().getAsLong();
    if (epoch > 0) {
      partition.ref().tell(new PartitionMessage.Failed(epoch, "its type is defined otherwise"));
    }
  }

  @Override
  public void drop(TypeRef type) {
    var partitions = placement.partitions(type);
    placement.remove(type);
    relays.end(type);
    for (var partition : partitions) {
      directory.here(partition).ifPresent(here -> here.ref().tell(new PartitionMessage.Leave()));
    }
  }
}

package dev.troupe.runtime.controller;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.collection.logic.OwnerFact;
import dev.troupe.runtime.controller.logic.HostLogic;
import dev.troupe.runtime.controller.recall.LogRecall;
import dev.troupe.runtime.controller.work.Activities;
import dev.troupe.runtime.controller.work.Desk;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.OpenEpochs;
import dev.troupe.runtime.store.PartitionId;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorRef;

/// What a host is made of.
///
/// @param partition where its decisions are kept
/// @param revision of the controller: where it differs from that of a position, everything is
///   reconciled
/// @param logic makes the logic of one epoch
/// @param followed the collections that each of these follows
/// @param gate what is waited for before an epoch is opened
/// @param places where the hosts are, this one included
/// @param here the hosts of this member
/// @param followings what those of them follow that run
/// @param desk where the controller thinks
/// @param random safe for several threads
record HostSetup(
    PartitionId partition,
    String revision,
    Supplier<HostLogic> logic,
    Set<TypeRef> followed,
    ControllerRegistration.RunGate gate,
    HostPlaces places,
    Map<PartitionId, ActorRef<ControllerHost.Command>> here,
    Map<PartitionId, Followings> followings,
    Resources resources,
    EventStore store,
    LogRecall recall,
    OpenEpochs epochs,
    Desk desk,
    Activities activities,
    InstantSource time,
    RandomGenerator random,
    HostSettings settings) {

  String controller() {
    return partition.collection().plural();
  }

  /// Ends an epoch that was served here, so that nobody need guard against this member.
  CompletionStage<Void> close(long epoch) {
    return store.close(partition, epoch, true, OwnerFact.after(places.member()));
  }
}

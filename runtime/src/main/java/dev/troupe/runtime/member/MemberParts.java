package dev.troupe.runtime.member;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.codec.index.IndexEntryReader;
import dev.troupe.resources.mutation.Mutator;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.resources.registry.ResourceType;
import dev.troupe.runtime.admission.Admission;
import dev.troupe.runtime.collection.PartitionRoom;
import dev.troupe.runtime.collection.Placement;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.collection.reading.PartitionReader;
import dev.troupe.runtime.collection.reading.PastStates;
import dev.troupe.runtime.collection.whereabouts.PartitionDirectory;
import dev.troupe.runtime.handover.Handover;
import dev.troupe.runtime.relay.Relays;
import dev.troupe.runtime.resource.logic.ResourceLogic;
import dev.troupe.runtime.store.EventStore;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;

/// What the parts of a member share, and how they are made of it.
///
/// @param time the clock of everything that has to do with versions
record MemberParts(
    RuntimeSettings settings,
    ResourceRegistry registry,
    Mutator mutator,
    EventStore store,
    Placement placement,
    InstantSource time,
    PartitionDirectory directory,
    Handover handover) {

  /// What the partitions of each collection need.
  Map<TypeRef, PartitionRoom> rooms() {
    return registry.all().stream()
        .filter(ResourceType::stored)
        .collect(Collectors.toMap(ResourceType::ref, this::room));
  }

  private PartitionRoom room(ResourceType type) {
    return new PartitionRoom(
        type,
        new ResourceLogic(type, mutator, settings.maxObjectBytes()),
        settings.partition(),
        store,
        handover,
        directory,
        time,
        () -> ThreadLocalRandom.current().nextDouble());
  }

  /// The way in, for everybody.
  Resources resources(ActorSystem<?> system) {
    return Admission.standard(
        reach(system),
        registry,
        mutator,
        () -> ThreadLocalRandom.current().nextLong(),
        () -> UUID.randomUUID().toString());
  }

  private MemberResources reach(ActorSystem<?> system) {
    var threads = system.executionContext();
    var reached =
        new MemberResources(
            registry,
            placement,
            directory,
            new PartitionReader(
                directory, new PastStates(store, this::reader, time, threads), threads),
            relays(system),
            time,
            handover,
            threads,
            store::isCurrent);
    var often = MemberResources.ANSWER_LATE_EVERY;
    var _ = system.scheduler().scheduleWithFixedDelay(often, often, reached::answerLate, threads);
    return reached;
  }

  private Relays relays(ActorSystem<?> system) {
    var spawner =
        new Relays.Spawner() {
          @Override
          public <T> ActorRef<T> spawn(Behavior<T> behavior, String name) {
            return system.systemActorOf(behavior, name, Props.empty());
          }
        };
    return new Relays(spawner, this::reader, placement, store, directory);
  }

  private IndexEntryReader reader(TypeRef collection) {
    return IndexEntryReader.of(
        registry
            .find(collection)
            .orElseThrow(
                () -> new IllegalArgumentException("there is no collection " + collection)));
  }
}

package dev.troupe.runtime.controller.logic.host;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.controller.logic.object.ObjectMessage;
import dev.troupe.runtime.controller.logic.state.HostPosition;
import dev.troupe.runtime.controller.mirror.Fault;

/// What a [HostMachine] asks its carrier to do, in this order.
public sealed interface HostEffect {

  /// List a collection. Answered by [HostMessage.Listed] or [HostMessage.NotListed].
  record List(TypeRef type) implements HostEffect {}

  /// Bring the changes of a collection from a version on, instead of those that were brought
  /// before.
  record Follow(TypeRef type, long version) implements HostEffect {}

  /// Tell what has changed in a collection above `after`, up to `upTo`. Answered by
  /// [HostMessage.Recalled].
  record Recall(TypeRef type, long after, long upTo) implements HostEffect {}

  /// Keep a position with the controller's partition, in place of the one before.
  record Keep(HostPosition position) implements HostEffect {}

  /// Tell the machine this after a pause.
  record TellAgain(HostMessage.Again what) implements HostEffect {}

  /// Make the actor of an object.
  ///
  /// @param decisionKey under which its decisions are kept
  /// @param incarnation unique among all that there have been for the object
  record Spawn(ResourceKey key, ResourceKey decisionKey, String incarnation)
      implements HostEffect {}

  /// Tell an object's actor something. What is [ObjectMessage.FromHost] is answered by
  /// [HostMessage.Handled].
  record Tell(ResourceKey key, ObjectMessage message) implements HostEffect {}

  /// Let an object's actor go: nothing is told to it any more.
  record Dismiss(ResourceKey key) implements HostEffect {}

  /// Tell the machine that this moment has come, instead of the one that was set before.
  record SetAlarm(long dueMillis) implements HostEffect {}

  /// All collections are there for the first time.
  ///
  /// @param objects how many there are to be looked at
  record Begun(int objects) implements HostEffect {}

  /// Tell that the controller threw and goes on without an object.
  record Faulted(Fault fault) implements HostEffect {}
}

package dev.troupe.runtime.controller.logic.host;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.controller.logic.HostLogic;
import dev.troupe.runtime.controller.logic.object.ObjectEffect;
import dev.troupe.runtime.controller.logic.object.ObjectMessage;
import dev.troupe.runtime.controller.mirror.Earlier;
import dev.troupe.runtime.controller.plan.UnfitPlanException;
import dev.troupe.runtime.resource.StoredResource;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a [HostMachine] is told.
public sealed interface HostMessage {

  /// What is about one collection.
  sealed interface OfCollection extends HostMessage {
    TypeRef type();
  }

  /// The epoch is open. The first message, told once.
  record Start() implements HostMessage {}

  /// A collection, in answer to [HostEffect.List].
  record Listed(TypeRef type, Iterator<StoredResource> objects, long version)
      implements OfCollection {}

  /// What has changed in a collection, in answer to [HostEffect.Recall].
  ///
  /// @param changed null if that is not known any more
  record Recalled(HostEffect.Recall asked, @Nullable List<Earlier> changed)
      implements HostMessage {}

  /// Nobody answers for the collection yet.
  record NotListed(TypeRef type) implements OfCollection {}

  /// A change of a followed collection.
  ///
  /// @param resource after the change; for a deletion the last content, under the deletion's
  ///   version
  record Changed(StoredResource resource, boolean deleted) implements OfCollection {

    @Override
    public TypeRef type() {
      return resource.key().type();
    }
  }

  /// Nothing at or below the version will come any more.
  record Progressed(TypeRef type, long version) implements OfCollection {}

  /// @param expired the position is too old to be followed from
  record FollowingEnded(TypeRef type, boolean expired) implements OfCollection {}

  /// What is tried once more, in answer to [HostEffect.TellAgain].
  sealed interface Again extends OfCollection {}

  record ListAgain(TypeRef type) implements Again {}

  record FollowAgain(TypeRef type) implements Again {}

  /// An object is to be looked at when the view has reached the version of each of these objects'
  /// collections.
  record Look(ResourceKey key, Map<ResourceKey, Long> floor) implements HostMessage {}

  /// The controller is to be asked in the order of the changes.
  record Decide(ResourceKey key, ObjectEffect.Reconcile asked) implements HostMessage {

    ObjectMessage answer(HostLogic logic) {
      try {
        return logic.reconcile(asked);
      } catch (RuntimeException thrown) {
        return new ObjectMessage.PlanFailed(asked.number(), UnfitPlanException.words(thrown));
      }
    }
  }

  /// An object has handled what it was told last.
  record Handled(ResourceKey key) implements HostMessage {}

  /// An object has nothing to do before `due`; it may leave if `mayLeave`, once the view has
  /// reached `floor`.
  record Rested(ResourceKey key, long due, Map<ResourceKey, Long> floor, boolean mayLeave)
      implements HostMessage {}

  /// An object has nothing to do before a call is answered; all else is over, or durable.
  record Awaits(ResourceKey key) implements HostMessage {}

  /// The moment of [HostEffect.SetAlarm] has come.
  record AlarmRang() implements HostMessage {}

  /// Comes about once a second.
  record Sweep() implements HostMessage {}

  /// It is time to keep a position. Comes every few seconds.
  record Mark() implements HostMessage {}

  /// The host ends, and somebody else goes on from its last position. Told last.
  record Ends() implements HostMessage {}

  /// The position of [HostEffect.Keep] could not be kept.
  record NotKept() implements HostMessage {}
}

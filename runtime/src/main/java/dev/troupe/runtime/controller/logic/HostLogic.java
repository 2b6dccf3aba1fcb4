package dev.troupe.runtime.controller.logic;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.controller.logic.object.ObjectEffect;
import dev.troupe.runtime.controller.logic.object.ObjectMessage;
import dev.troupe.runtime.controller.logic.state.Profile;
import dev.troupe.runtime.controller.mirror.Earlier;
import dev.troupe.runtime.controller.mirror.Fault;
import dev.troupe.runtime.controller.mirror.Wake;
import dev.troupe.runtime.controller.view.Sight;
import dev.troupe.runtime.resource.StoredResource;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a host knows and decides for all objects of its controller: which collections it follows,
/// whom a change concerns, and what can be seen of an object. Not safe for several threads but for
/// [#reconcile], unless that is [#serial].
public sealed interface HostLogic permits ObjectHostLogic, CollectionHostLogic {

  Profile profile();

  /// The collections whose changes are to be brought here.
  Set<TypeRef> followed();

  /// Collections that have come to be followed since this was asked last, as types are defined;
  /// those of types that are gone are followed no more.
  default Set<TypeRef> newlyFollowed() {
    return Set.of();
  }

  /// Takes over a listing: at start, and after a position has expired.
  ///
  /// @return whom the differences concern; nobody before [#started]
  Collection<Wake> load(TypeRef type, Iterator<StoredResource> listed, long version);

  /// Every followed collection has been loaded.
  ///
  /// @return whom that concerns
  Collection<Wake> started();

  /// Whether the controller can go on from a position: who has not changed, and is not concerned by
  /// a change, need not be looked at then.
  boolean resumes();

  /// In place of [#started], where the controller goes on from a position: these are all objects of
  /// one collection that have changed since. Called for each collection.
  ///
  /// @return whom the changes concern
  Collection<Wake> resumed(Collection<Earlier> changed);

  /// Every object that is reconciled, as far as that is known before any is looked at.
  default Collection<ResourceKey> all() {
    return List.of();
  }

  /// Whether there is such an object for the controller.
  boolean holds(ResourceKey key);

  /// Whether it is known of all changes until now whom they concern.
  boolean isCertain();

  /// @param resource after the change; for a deletion the last content, under the deletion's
  ///   version
  /// @return whom it concerns; nobody if the change is known already
  Collection<Wake> changed(StoredResource resource, boolean deleted);

  /// Nothing at or below the version will come any more.
  void reached(TypeRef type, long version);

  /// Whether the view shows the versions that writes to these objects were answered with.
  boolean reached(Map<ResourceKey, Long> floor);

  /// From where on the collection is to be followed.
  long version(TypeRef type);

  /// What can be seen of an object now.
  Sight look(ResourceKey key);

  /// What the controller has thrown at being told of changes, since this was asked last. The
  /// objects themselves are woken, and fail until it is over.
  List<Fault> faults();

  /// Whom a change concerns that the controller has accepted only at a later attempt.
  Collection<Wake> owed();

  /// The objects that have gone since this was asked last, and that nobody was woken for because of
  /// it: what is remembered of them is to be forgotten.
  Collection<ResourceKey> gone();

  /// Calls the controller.
  ///
  /// @throws RuntimeException if it comes to no plan; what it says is for people
  ObjectMessage.Planned reconcile(ObjectEffect.Reconcile asked);

  /// Whether the controller is to be called on the thread that brings the changes.
  boolean serial();

  /// The key under which decisions about an object are kept in the controller's own collection.
  ResourceKey decisionKey(ResourceKey key);
}

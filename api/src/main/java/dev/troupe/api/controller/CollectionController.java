package dev.troupe.api.controller;

import dev.troupe.api.controller.settings.ControllerSettings;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/// A controller whose decisions are about a whole collection, such as the scheduler.
///
/// The state is a fold of the ordered changes: it is never stored, and rebuilt from the objects at
/// start. The runtime calls one method at a time, so `apply` may reuse the state it is given. What
/// it owns and applies is [merged][Controller.Manner#MERGED].
public interface CollectionController<S> {

  /// A stable name, as in [Controller#name()].
  String name();

  /// As [Controller#component()].
  default String component() {
    return name() + "-controller";
  }

  /// As [Controller#fieldManager()].
  default String fieldManager() {
    return name();
  }

  /// As [Controller#settings()]; it decides one by one, so that workers and deadline mean nothing.
  default ControllerSettings settings() {
    return ControllerSettings.DEFAULT;
  }

  /// The classes whose changes are folded; an empty list means every collection (then changes carry
  /// metadata only).
  List<Class<? extends HasMetadata>> follows();

  /// The collections that are not followed although every one is.
  default Set<TypeRef> ignores() {
    return Set.of();
  }

  S initial();

  /// Folds one change. Must accept a change that it has folded before.
  S apply(S state, Change change);

  /// The objects that a change, already folded, calls to be decided.
  Collection<ResourceKey> concerns(S state, Change change);

  /// What shall be true for an object, by the state and the time. Pure but for the state it may
  /// update with its own assumption.
  ///
  /// @param latest how the object was seen last, so that the state need not keep all of it
  Plan decide(S state, Change latest, Cause cause, Instant now);
}

package dev.troupe.controllers.garbagecollection;

import dev.troupe.api.controller.Cause;
import dev.troupe.api.controller.Change;
import dev.troupe.api.controller.CollectionController;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.PlatformActivity.ReadOwner;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.controllers.ownership.WriterNames;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/// Deletes objects whose owners are all gone, and takes owners through a deletion that waits for
/// their dependents (`foregroundDeletion`) or lets them go (`orphan`).
///
/// An owner counts as gone only when it has been read from where it is stored.
public final class GarbageCollectionController implements CollectionController<OwnershipState> {

  /// Events neither own nor are owned, and there are many.
  private static final Set<TypeRef> IGNORED =
      Set.of(TypeRef.core("events"), new TypeRef("events.k8s.io", "events"));

  private final OwnerTypes types;

  public GarbageCollectionController(OwnerTypes types) {
    this.types = types;
  }

  @Override
  public String name() {
    return "garbage-collector";
  }

  @Override
  public String fieldManager() {
    return WriterNames.CONTROLLERS;
  }

  @Override
  public List<Class<? extends HasMetadata>> follows() {
    return List.of();
  }

  @Override
  public Set<TypeRef> ignores() {
    return IGNORED;
  }

  @Override
  public OwnershipState initial() {
    return new OwnershipState();
  }

  @Override
  public OwnershipState apply(OwnershipState state, Change change) {
    state.apply(change);
    return state;
  }

  @Override
  public Collection<ResourceKey> concerns(OwnershipState state, Change change) {
    var object = Owned.of(change);
    var concerned = new ArrayList<ResourceKey>();
    if (change.deleted()) {
      concerned.addAll(state.dependentsOf(object.uid()));
    } else if (object.awaitsDependents()) {
      concerned.add(object.key());
      concerned.addAll(state.dependentsOf(object.uid()));
    } else if (!object.isDeleting() && !OrphanCheck.isOwned(object, state, types)) {
      concerned.add(object.key());
    }
    concerned.addAll(state.awaitingOwners(object.owners()));
    concerned.addAll(state.takeBereft());
    concerned.addAll(state.takeMisled());
    return concerned;
  }

  @Override
  public Plan decide(OwnershipState state, Change latest, Cause cause, Instant now) {
    var key = latest.key();
    if (cause instanceof Cause.Completed(ReadOwner read, var result)) {
      state.verify(read.uid(), read.owner(), "present".equals(result));
    }
    var object = state.get(key);
    if (object == null) {
      return Plan.nothing();
    }
    if (cause instanceof Cause.TimerFired) {
      state.doubt(object.owners());
    }
    if (object.awaitsDependents()) {
      return new OwnerDeletion(object, state, now).plan();
    }
    return object.isDeleting() || object.owners().isEmpty()
        ? Plan.nothing()
        : new OrphanCheck(object, state, types).plan();
  }
}

package dev.troupe.controllers.garbagecollection;

import dev.troupe.api.controller.Change;
import dev.troupe.api.resource.ResourceKey;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who owns whom, over all collections: a fold of the changes of everything. It may lag behind for
/// any of them, so that an owner which is not known here is not therefore absent.
public final class OwnershipState {

  private final Map<ResourceKey, Owned> objects = new HashMap<>();
  private final Map<String, ResourceKey> byUid = new HashMap<>();
  private final Map<String, Set<ResourceKey>> dependents = new HashMap<>();

  /// What reading owners has shown, for owners that are not known here. Uids are not used twice, so
  /// that what is absent stays absent; what is present becomes known.
  private final Map<String, Map<ResourceKey, Boolean>> verified = new HashMap<>();

  /// Owners that were seen to go, for as long as somebody names them.
  private final Set<String> departed = new HashSet<>();

  /// Owners that wait for their dependents and have lost one since [#takeBereft] was called.
  private final Set<ResourceKey> bereft = new LinkedHashSet<>();

  /// Objects that name an owner which has come up, and is in another namespace, since [#takeMisled]
  /// was called.
  private final Set<ResourceKey> misled = new LinkedHashSet<>();

  void apply(Change change) {
    if (change.deleted()) {
      remove(change.key());
      verified.remove(change.uid());
    } else {
      put(Owned.of(change));
    }
  }

  private void put(Owned object) {
    var before = objects.get(object.key());
    if (before != null) {
      unlink(before);
      if (!before.uid().equals(object.uid())) {
        byUid.remove(before.uid());
      }
    }
    objects.put(object.key(), object);
    byUid.put(object.uid(), object.key());
    verified.remove(object.uid());
    if (before == null || !before.uid().equals(object.uid())) {
      dependentsOf(object.uid()).stream()
          .filter(dependent -> !object.reaches(dependent.namespace()))
          .forEach(misled::add);
    }
    for (var owner : object.owners()) {
      dependents.computeIfAbsent(owner.getUid(), _ -> new LinkedHashSet<>()).add(object.key());
    }
  }

  private void remove(ResourceKey key) {
    var before = objects.remove(key);
    if (before != null) {
      unlink(before);
      byUid.remove(before.uid());
      if (dependents.containsKey(before.uid())) {
        departed.add(before.uid());
      }
    }
  }

  private void unlink(Owned object) {
    for (var owner : object.owners()) {
      var owned = dependents.get(owner.getUid());
      if (owned != null && owned.remove(object.key()) && owned.isEmpty()) {
        dependents.remove(owner.getUid());
        verified.remove(owner.getUid());
        departed.remove(owner.getUid());
      }
    }
    bereft.addAll(awaitingOwners(object.owners()));
  }

  @Nullable Owned get(ResourceKey key) {
    return objects.get(key);
  }

  @Nullable Owned byUid(String uid) {
    var key = byUid.get(uid);
    return key == null ? null : objects.get(key);
  }

  /// The objects that name this one as an owner and may.
  List<Owned> dependentsOf(Owned owner) {
    return dependents.getOrDefault(owner.uid(), Set.of()).stream()
        .map(objects::get)
        .filter(object -> object != null && owner.reaches(object.key().namespace()))
        .toList();
  }

  Collection<ResourceKey> dependentsOf(String uid) {
    return List.copyOf(dependents.getOrDefault(uid, Set.of()));
  }

  /// Whether the owner has been read to be there; null if it has not been read.
  @Nullable Boolean verified(String uid, ResourceKey key) {
    return verified.getOrDefault(uid, Map.of()).get(key);
  }

  /// Whether an owner with this uid was here, and has gone, or was read to be gone: uids are not
  /// used twice.
  boolean hasDeparted(String uid) {
    var read = verified.getOrDefault(uid, Map.of());
    return departed.contains(uid) || (!read.isEmpty() && !read.containsValue(true));
  }

  void verify(String uid, ResourceKey key, boolean present) {
    verified.computeIfAbsent(uid, _ -> new HashMap<>()).put(key, present);
  }

  /// Has those be read again that were read to be there and have not become known since.
  void doubt(Collection<OwnerReference> owners) {
    for (var owner : owners) {
      if (verified.getOrDefault(owner.getUid(), Map.of()).containsValue(true)) {
        verified.remove(owner.getUid());
      }
    }
  }

  /// The owners that wait for their dependents, and have fewer, or other ones, than before.
  List<ResourceKey> takeBereft() {
    var taken = List.copyOf(bereft);
    bereft.clear();
    return taken;
  }

  /// Those who name a new object as their owner, although it has nothing where they are.
  List<ResourceKey> takeMisled() {
    var taken = List.copyOf(misled);
    misled.clear();
    return taken;
  }

  /// The owners of an object, as far as they are known, that wait for their dependents.
  List<ResourceKey> awaitingOwners(Collection<OwnerReference> owners) {
    return owners.stream()
        .map(owner -> byUid(owner.getUid()))
        .filter(owner -> owner != null && owner.awaitsDependents())
        .map(Owned::key)
        .toList();
  }
}

package dev.troupe.runtime.controller.mirror;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.resource.StoredResource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The objects of one collection, with the indexes that relations need. The bytes are shared with
/// the collection's own index.
final class Held {

  private final NavigableMap<String, NavigableMap<String, StoredResource>> byNamespace =
      new TreeMap<>();
  private final Map<String, Set<ResourceKey>> byOwner = new HashMap<>();

  /// The version up to which the objects are complete.
  private long version;

  long version() {
    return version;
  }

  void reached(long newVersion) {
    version = Math.max(version, newVersion);
  }

  @Nullable StoredResource get(String namespace, String name) {
    var names = byNamespace.get(namespace);
    return names == null ? null : names.get(name);
  }

  @Nullable StoredResource put(StoredResource resource) {
    var key = resource.key();
    var before =
        byNamespace
            .computeIfAbsent(key.namespace(), _ -> new TreeMap<>())
            .put(key.name(), resource);
    if (before == null || !before.ownerUids().equals(resource.ownerUids())) {
      forgetOwners(before);
      resource
          .ownerUids()
          .forEach(uid -> byOwner.computeIfAbsent(uid, _ -> new HashSet<>()).add(key));
    }
    return before;
  }

  @Nullable StoredResource remove(ResourceKey key) {
    var names = byNamespace.get(key.namespace());
    if (names == null) {
      return null;
    }
    var before = names.remove(key.name());
    if (names.isEmpty()) {
      byNamespace.remove(key.namespace());
    }
    forgetOwners(before);
    return before;
  }

  private void forgetOwners(@Nullable StoredResource resource) {
    if (resource == null) {
      return;
    }
    for (var uid : resource.ownerUids()) {
      var owned = byOwner.get(uid);
      if (owned != null && owned.remove(resource.key()) && owned.isEmpty()) {
        byOwner.remove(uid);
      }
    }
  }

  Set<ResourceKey> owned(String uid) {
    return byOwner.getOrDefault(uid, Set.of());
  }

  Iterable<StoredResource> in(String namespace) {
    var names = byNamespace.get(namespace);
    return names == null ? List.of() : names.values();
  }

  /// A copy: may be iterated while objects are put and removed.
  List<StoredResource> all() {
    return byNamespace.values().stream().flatMap(names -> names.values().stream()).toList();
  }
}

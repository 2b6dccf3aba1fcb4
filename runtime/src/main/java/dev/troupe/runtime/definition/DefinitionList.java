package dev.troupe.runtime.definition;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.api.resource.Version;
import dev.troupe.resources.registry.ResourceType;
import dev.troupe.runtime.resource.StoredResource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What is known of all definitions, up to a version and of some beyond. For one thread at a time.
final class DefinitionList {

  private record Known(long version, Definition definition) {}

  private final Map<String, Known> byName = new TreeMap<>();
  private long position = Version.NONE;

  /// The types that are served.
  List<ResourceType> served() {
    return byName.values().stream()
        .map(known -> known.definition().type())
        .flatMap(Stream::ofNullable)
        .toList();
  }

  /// The uids of the definitions whose types are served.
  Map<TypeRef, String> uids() {
    var uids = new HashMap<TypeRef, String>();
    for (var known : byName.values()) {
      var type = known.definition().type();
      if (type != null) {
        uids.put(type.ref(), known.definition().uid());
      }
    }
    return uids;
  }

  /// Takes over a list: what is not in it, and not newer, is gone.
  void listed(Iterator<StoredResource> all, long version) {
    var gone = new HashSet<>(byName.keySet());
    while (all.hasNext()) {
      var one = all.next();
      gone.remove(one.key().name());
      put(one);
    }
    gone.forEach(name -> removed(name, version));
    reached(version);
  }

  /// A definition as it was read from where it is, unless something newer is known.
  void put(StoredResource stored) {
    var name = stored.key().name();
    var known = byName.get(name);
    if (stored.version() > (known == null ? position : known.version())) {
      var former = known == null ? null : known.definition();
      byName.put(name, new Known(stored.version(), Definition.of(stored, former)));
    }
  }

  void removed(String name, long version) {
    var known = byName.get(name);
    if (known != null && known.version() <= version) {
      byName.remove(name);
    }
  }

  /// Everything is known up to a version.
  void reached(long version) {
    position = Math.max(position, version);
  }
}

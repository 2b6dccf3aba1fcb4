package dev.troupe.runtime.controller.mirror;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.resource.StoredResource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The followed collections as far as they have been followed: those of their objects that can
/// concern anybody.
public final class Mirror {

  private final Map<TypeRef, Held> collections = new HashMap<>();
  private final Predicate<ResourceKey> wanted;

  public Mirror(Set<TypeRef> followed) {
    this(followed, _ -> true);
  }

  /// @param wanted the objects that are held; to the others nothing ever happens
  public Mirror(Set<TypeRef> followed, Predicate<ResourceKey> wanted) {
    this.wanted = wanted;
    followed.forEach(type -> collections.put(type, new Held()));
  }

  public Set<TypeRef> followed() {
    return collections.keySet();
  }

  /// Follows more collections from now on, which are to be loaded.
  public void follow(Set<TypeRef> more) {
    more.forEach(type -> collections.computeIfAbsent(type, _ -> new Held()));
  }

  /// Follows those no more that are not wanted, as soon as nothing is in them.
  public void dropEmpty(Set<TypeRef> wanted) {
    collections
        .entrySet()
        .removeIf(each -> !wanted.contains(each.getKey()) && each.getValue().all().isEmpty());
  }

  /// The position from which the collection is followed on.
  public long version(TypeRef type) {
    return held(type).version();
  }

  /// Whether the mirror shows the versions that writes to these objects were answered with.
  public boolean reached(Map<ResourceKey, Long> floor) {
    return floor.entrySet().stream()
        .allMatch(entry -> {
          var held = collections.get(entry.getKey().type());
          return held == null || held.version() >= entry.getValue();
        });
  }

  /// Takes over a listing: what is missing in it is gone.
  ///
  /// @return what differs from before
  public List<Difference> load(TypeRef type, Iterator<StoredResource> listed, long version) {
    var held = held(type);
    var gone = new HashSet<ResourceKey>();
    held.all().forEach(resource -> gone.add(resource.key()));
    var differences = new ArrayList<Difference>();
    while (listed.hasNext()) {
      var resource = listed.next();
      if (!wanted.test(resource.key())) {
        continue;
      }
      gone.remove(resource.key());
      var before = held.get(resource.key().namespace(), resource.key().name());
      if (before == null || before.version() != resource.version()) {
        held.put(resource);
        differences.add(new Difference(before, resource));
      }
    }
    for (var key : gone) {
      differences.add(new Difference(held.remove(key), null));
    }
    held.reached(version);
    return differences;
  }

  /// A change between two states of the mirror.
  public record Difference(@Nullable StoredResource before, @Nullable StoredResource after) {}

  /// @return null if the change is known already, or nobody's business
  public @Nullable Difference changed(StoredResource resource, boolean deleted) {
    var held = held(resource.key().type());
    if (resource.version() <= held.version()) {
      return null;
    }
    held.reached(resource.version());
    if (!wanted.test(resource.key())) {
      return null;
    }
    if (deleted) {
      var before = held.remove(resource.key());
      return new Difference(before == null ? resource : before, null);
    }
    return new Difference(held.put(resource), resource);
  }

  public void reached(TypeRef type, long version) {
    held(type).reached(version);
  }

  /// Whether such an object is held, where there is one.
  boolean wants(ResourceKey key) {
    return wanted.test(key);
  }

  public @Nullable StoredResource get(ResourceKey key) {
    var held = collections.get(key.type());
    return held == null ? null : held.get(key.namespace(), key.name());
  }

  public List<StoredResource> all(TypeRef type) {
    return held(type).all();
  }

  Held held(TypeRef type) {
    var held = collections.get(type);
    if (held == null) {
      throw new IllegalArgumentException(type + " is not followed");
    }
    return held;
  }
}

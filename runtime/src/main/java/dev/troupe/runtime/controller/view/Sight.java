package dev.troupe.runtime.controller.view;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.resource.StoredResource;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What can be seen of one object at one moment: itself and its related objects.
///
/// @param object null if it is gone, or none of the controller's
/// @param related by type, each list in the order of namespace and name; holds a key for every type
///   that is observed
/// @param failure why the controller cannot tell what relates to the object, and so cannot be asked
///   about it; null if it can
public record Sight(
    @Nullable StoredResource object,
    Map<TypeRef, List<StoredResource>> related,
    @Nullable String failure) {

  public static final Comparator<StoredResource> ORDER =
      Comparator.comparing((StoredResource resource) -> resource.key().namespace())
          .thenComparing(resource -> resource.key().name());

  public static final Sight NOTHING = new Sight(null, Map.of());

  public Sight {
    related = Map.copyOf(related);
  }

  public Sight(@Nullable StoredResource object, Map<TypeRef, List<StoredResource>> related) {
    this(object, related, null);
  }

  /// Null if it is not in sight.
  public @Nullable StoredResource find(ResourceKey key) {
    if (object != null && object.key().equals(key)) {
      return object;
    }
    var list = related.get(key.type());
    if (list == null) {
      return null;
    }
    var wanted = new StoredResource(key, "", 0, new byte[0], Map.of(), Map.of(), List.of());
    int index = Collections.binarySearch(list, wanted, ORDER);
    return index < 0 ? null : list.get(index);
  }

  /// The highest version of each type that is in sight.
  public Map<TypeRef, Long> versions() {
    var versions = new HashMap<TypeRef, Long>();
    if (object != null) {
      versions.merge(object.key().type(), object.version(), Math::max);
    }
    related.forEach(
        (type, list) -> list.forEach(one -> versions.merge(type, one.version(), Math::max)));
    return versions;
  }
}

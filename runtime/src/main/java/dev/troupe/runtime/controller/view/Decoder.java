package dev.troupe.runtime.controller.view;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.resource.StoredResource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Decodes viewed objects once per version and keeps the most recently used. The decoded objects
/// are shared: nobody may modify them.
public final class Decoder {

  private record Slot(ResourceKey key, Class<?> type) {}

  private record Decoded(StoredResource resource, Object object) {}

  private final Map<Slot, Decoded> recent;

  /// @param capacity how many decoded objects are kept
  public Decoder(int capacity) {
    this.recent =
        new LinkedHashMap<>(64, 0.75f, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Slot, Decoded> eldest) {
            return size() > capacity;
          }
        };
  }

  public <T> T shared(StoredResource resource, Class<T> type) {
    var slot = new Slot(resource.key(), type);
    synchronized (recent) {
      var known = recent.get(slot);
      if (known != null && known.resource.equals(resource)) {
        return type.cast(known.object);
      }
    }
    var decoded = fresh(resource, type);
    synchronized (recent) {
      recent.put(slot, new Decoded(resource, decoded));
    }
    return decoded;
  }

  /// A copy that belongs to the caller.
  public <T> T fresh(StoredResource resource, Class<T> type) {
    return ControllerJson.read(resource.json(), type);
  }

  /// The shared objects that somebody has modified against the rule.
  public List<ResourceKey> modified() {
    synchronized (recent) {
      return recent.entrySet().stream()
          .filter(entry -> {
            var pristine = fresh(entry.getValue().resource, entry.getKey().type);
            return !ControllerJson.tree(pristine)
                .equals(ControllerJson.tree(entry.getValue().object));
          })
          .map(entry -> entry.getKey().key)
          .toList();
    }
  }
}

package dev.troupe.runtime.controller.logic.host;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.controller.logic.HostLogic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Those who wait until the view shows their own writes, found by the version they wait for.
///
/// @param <T> who waits
final class ParkedLooks<T> {

  private record Parked<T>(T who, Map<ResourceKey, Long> floor) {}

  private final HostLogic logic;
  private final Map<TypeRef, TreeMap<Long, List<Parked<T>>>> waiting = new HashMap<>();

  ParkedLooks(HostLogic logic) {
    this.logic = logic;
  }

  /// @return true if there is nothing to wait for
  boolean park(T who, Map<ResourceKey, Long> floor) {
    return park(new Parked<>(who, floor));
  }

  private boolean park(Parked<T> parked) {
    for (var entry : parked.floor.entrySet()) {
      var type = entry.getKey().type();
      if (logic.followed().contains(type) && logic.version(type) < entry.getValue()) {
        waiting
            .computeIfAbsent(type, _ -> new TreeMap<>())
            .computeIfAbsent(entry.getValue(), _ -> new ArrayList<>(1))
            .add(parked);
        return false;
      }
    }
    return true;
  }

  /// Those who need not wait any more, now that the view of a type has come further.
  List<T> reached(TypeRef type) {
    var byVersion = waiting.get(type);
    if (byVersion == null || byVersion.firstKey() > logic.version(type)) {
      return List.of();
    }
    var ready = new ArrayList<T>();
    while (!byVersion.isEmpty() && byVersion.firstKey() <= logic.version(type)) {
      for (var parked : byVersion.pollFirstEntry().getValue()) {
        if (park(parked)) {
          ready.add(parked.who);
        }
      }
    }
    if (byVersion.isEmpty()) {
      waiting.remove(type);
    }
    return ready;
  }
}

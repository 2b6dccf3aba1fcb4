package dev.troupe.persistence.embedded.index;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.persistence.embedded.index.EventIndex.Indexed;
import dev.troupe.persistence.embedded.index.EventIndex.Newest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The parts of the log that the tables do not have yet. The first one is changed, by the writer
/// and under a lock; a layer goes when the tables have it.
final class Layers {

  /// Newest first. The list itself is replaced.
  private volatile List<RecentEvents> layers = List.of(new RecentEvents());

  private final Object lock = new Object();

  /// Whether a layer says something of an event: where it is, or that it was removed.
  sealed interface Known permits Indexed, Gone {}

  record Gone() implements Known {}

  private static final Gone GONE = new Gone();

  /// Some of what the layers say of a collection, taken before the tables are looked at.
  ///
  /// @param events by version
  /// @param removed versions of what is gone from the tables
  record Slice(TreeMap<Long, Indexed> events, Set<Long> removed) {}

  RecentEvents first() {
    return layers.getFirst();
  }

  int size() {
    return layers.size();
  }

  /// Begins another layer. For the writer.
  ///
  /// @return the one that is not changed any more
  RecentEvents freeze() {
    synchronized (lock) {
      var frozen = layers.getFirst();
      var more = new ArrayList<RecentEvents>();
      more.add(new RecentEvents());
      more.addAll(layers);
      layers = List.copyOf(more);
      return frozen;
    }
  }

  void drop(RecentEvents frozen) {
    synchronized (lock) {
      layers = layers.stream().filter(layer -> layer != frozen).toList();
    }
  }

  /// @param isNewest asked of those that are not known to be the last of their resource
  void put(List<Indexed> events, Predicate<Indexed> isNewest) {
    synchronized (lock) {
      for (var indexed : events) {
        first().put(indexed, indexed.newest() || isNewest.test(indexed));
      }
    }
  }

  void remove(TypeRef collection, long[] versions) {
    synchronized (lock) {
      for (long version : versions) {
        first().remove(collection, version);
      }
    }
  }

  /// Newest first. What comes later is not seen in it.
  List<RecentEvents> now() {
    return layers;
  }

  /// @param above the layers that may say that it was removed
  static @Nullable Newest unlessRemoved(
      Newest newest, List<RecentEvents> above, TypeRef collection) {
    for (var layer : above) {
      if (layer.hasRemoved(collection, newest.version())) {
        return null;
      }
    }
    return newest;
  }

  /// Null if no layer says anything of it.
  @Nullable Known find(TypeRef collection, long version) {
    synchronized (lock) {
      for (var layer : layers) {
        var event = layer.event(collection, version);
        if (event != null) {
          return event;
        }
        if (layer.hasRemoved(collection, version)) {
          return GONE;
        }
      }
    }
    return null;
  }

  Slice all(TypeRef collection) {
    return slice(collection, layer -> layer.events(collection), Integer.MAX_VALUE);
  }

  /// @param part what of a layer, by version
  /// @param limit how much of each layer
  Slice slice(TypeRef collection, Function<RecentEvents, Map<Long, Indexed>> part, int limit) {
    var slice = new Slice(new TreeMap<>(), new HashSet<>());
    synchronized (lock) {
      for (var layer : layers) {
        part.apply(layer).entrySet().stream()
            .filter(event -> !slice.removed.contains(event.getKey()))
            .limit(limit)
            // A newer layer knows better where an event is.
            .forEach(event -> slice.events.putIfAbsent(event.getKey(), event.getValue()));
        slice.removed.addAll(layer.removed(collection));
      }
    }
    return slice;
  }
}

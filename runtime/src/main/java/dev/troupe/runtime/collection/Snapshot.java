package dev.troupe.runtime.collection;

import dev.troupe.runtime.resource.StoredResource;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An immutable state of a collection (or of the partition that holds one namespace): all and only
/// the writes up to [#version()].
public interface Snapshot {

  /// The position from which a watch continues this snapshot without gap or repetition.
  long version();

  int size();

  Optional<StoredResource> get(String namespace, String name);

  /// The resources in the order of (namespace, name), beginning behind a given position.
  ///
  /// @param namespace only this namespace; null for all
  /// @param after the last one seen; null to begin at the start
  Iterator<StoredResource> iterate(@Nullable String namespace, @Nullable Position after);

  /// The same without some, or all, of those that have not what is wanted. Of large states it costs
  /// what it yields.
  ///
  /// @param wanted null for everything
  default Iterator<StoredResource> iterate(
      @Nullable String namespace, @Nullable Position after, @Nullable Sought wanted) {
    return iterate(namespace, after);
  }

  /// How many resources [#iterate] has behind a position. Large states know without a walk.
  ///
  /// @param namespace that of the position, to count only there; null for all
  default int countAfter(@Nullable String namespace, Position after) {
    int count = 0;
    for (var rest = iterate(namespace, after); rest.hasNext(); rest.next()) {
      count++;
    }
    return count;
  }

  /// How many bytes the contents of all resources have. Large states know without a walk.
  ///
  /// @param namespace only of this namespace; null for all
  default long weight(@Nullable String namespace) {
    long weight = 0;
    for (var all = iterate(namespace, null); all.hasNext(); ) {
      weight += all.next().size();
    }
    return weight;
  }

  record Position(String namespace, String name) {}
}

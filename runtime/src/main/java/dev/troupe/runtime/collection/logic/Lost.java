package dev.troupe.runtime.collection.logic;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.resource.logic.Draft;
import dev.troupe.runtime.store.EventRecord;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A version that was in flight when its epoch ended, so that only the store knows what became of
/// it.
record Lost(long epoch, long version, Draft draft) {

  /// @param newest the newest event of its resource, read when nothing of its epoch could be stored
  ///   any more; null if there is none
  boolean isStoredAccordingTo(@Nullable EventRecord newest) {
    return newest != null && newest.epoch() == epoch && newest.version() >= version;
  }

  static Set<Long> orders(List<Lost> lost) {
    return lost.stream().map(flight -> flight.draft().order()).collect(Collectors.toSet());
  }

  static Set<ResourceKey> keys(List<Lost> lost) {
    return lost.stream().map(flight -> flight.draft().key()).collect(Collectors.toSet());
  }
}

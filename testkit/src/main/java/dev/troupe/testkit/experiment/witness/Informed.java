package dev.troupe.testkit.experiment.witness;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What an informer of a collection was shown, and what it holds in the end.
///
/// @param gapless whether it was never told that its position is gone
/// @param changes the newest ones since it listed, in their order; what it listed counts as
///   modified
/// @param held by key
/// @param listed what a list says when all is quiet, by key; empty if it was not asked for
public record Informed(
    String collection,
    boolean gapless,
    List<ObjectChange> changes,
    Map<String, WitnessedState> held,
    Optional<Map<String, WitnessedState>> listed) {

  public Informed {
    changes = List.copyOf(changes);
    held = Map.copyOf(held);
    listed = listed.map(Map::copyOf);
  }

  static boolean isSame(Map<String, WitnessedState> one, Map<String, WitnessedState> other) {
    return one.keySet().equals(other.keySet())
        && one.values().stream()
            .allMatch(state -> {
              var there = other.get(state.key());
              return there != null && state.isSame(there);
            });
  }
}

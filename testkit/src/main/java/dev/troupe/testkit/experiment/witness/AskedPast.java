package dev.troupe.testkit.experiment.witness;

import java.util.List;
import java.util.Map;

/// Somebody who asked for all changes behind a version of before, and what came of it.
///
/// @param after the version
/// @param base what there was at it
/// @param expired whether it was said that it is gone
/// @param changes what was shown, in its order
/// @param shown what an informer was shown meanwhile, that lies behind the version
/// @param until up to where both were held against each other
/// @param now what a list says at that version
public record AskedPast(
    String collection,
    long after,
    Map<String, WitnessedState> base,
    boolean expired,
    List<ObjectChange> changes,
    List<ObjectChange> shown,
    long until,
    Map<String, WitnessedState> now) {

  public AskedPast {
    base = Map.copyOf(base);
    changes = List.copyOf(changes);
    shown = List.copyOf(shown);
    now = Map.copyOf(now);
  }
}

package dev.troupe.runtime.controller.logic.state;

import dev.troupe.api.resource.TypeRef;
import java.util.Map;

/// How far a controller's host has come: every reconcile is over that something at or below these
/// versions has called for.
///
/// @param decisions the same of the controller's own decisions: all at or below it are carried out
/// @param followed by collection
public record HostPosition(long decisions, Map<TypeRef, Long> followed) {

  public HostPosition {
    followed = Map.copyOf(followed);
  }

  /// @throws IllegalArgumentException if the collection is not followed
  public long of(TypeRef type) {
    var version = followed.get(type);
    if (version == null) {
      throw new IllegalArgumentException(type + " has no position");
    }
    return version;
  }
}

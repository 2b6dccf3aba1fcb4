package dev.troupe.resources.claim;

import dev.troupe.resources.validation.Path;

/// A thing that an object must have before it may be stored.
///
/// @param thing its name in the pool; empty if any will do
/// @param place what the kind of the object knows it by
/// @param field where it is written
public record Claim(Pool pool, String thing, String place, Path field) {

  public boolean isOpen() {
    return thing.isEmpty();
  }

  /// The same, of a certain thing.
  public Claim on(String other) {
    return new Claim(pool, other, place, field);
  }

  /// Whether both are about one and the same thing.
  public boolean isOnThingOf(Claim other) {
    return pool.equals(other.pool) && thing.equals(other.thing);
  }
}

package dev.troupe.runtime.store;

import dev.troupe.api.resource.TypeRef;

/// Names a slice of a collection. The decisions of a controller are an internal collection of the
/// group [#CONTROLLERS].
///
/// @param number between 0 and the collection's partition count
public record PartitionId(TypeRef collection, int number) {

  /// The group of the internal collections that hold the decisions of controllers; the plural is
  /// the controller's name.
  public static final String CONTROLLERS = "controllers.troupe.dev";

  public static PartitionId parse(String text) {
    int hash = text.lastIndexOf('#');
    return new PartitionId(
        TypeRef.parse(text.substring(0, hash)), Integer.parseInt(text.substring(hash + 1)));
  }

  @Override
  public String toString() {
    return collection + "#" + number;
  }
}

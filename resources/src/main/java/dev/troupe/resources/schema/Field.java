package dev.troupe.resources.schema;

import java.util.List;

/// One field of a type.
///
/// @param listMapKeys the keys of the items, for a list of type `MAP`
/// @param patchMergeKey the key by which a strategic merge patch finds items; empty if it replaces
///   the list
/// @param mergesOnPatch whether a strategic merge patch merges the list (by key, or as a set of
///   primitives) instead of replacing it
/// @param retainsKeys whether a strategic merge patch honours `$retainKeys` here
/// @param atomicMap whether the object or map is replaced as a whole by server-side apply
public record Field(
    String name,
    FieldType type,
    boolean required,
    ListType listType,
    List<String> listMapKeys,
    String patchMergeKey,
    boolean mergesOnPatch,
    boolean retainsKeys,
    boolean atomicMap) {

  public enum ListType {
    /// Not a list, or nothing is said about it.
    NONE,
    ATOMIC,
    SET,
    MAP
  }
}

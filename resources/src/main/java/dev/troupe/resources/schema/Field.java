package dev.troupe.resources.schema;

import java.util.List;

/// One field of a type.
///
/// @param goType the type's name in Kubernetes' own sources, as its error messages give it; empty
///   if unknown
/// @param zero what Kubernetes does with the zero value
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
    String goType,
    Zero zero,
    ListType listType,
    List<String> listMapKeys,
    String patchMergeKey,
    boolean mergesOnPatch,
    boolean retainsKeys,
    boolean atomicMap) {

  /// A field about which nothing is special.
  public static Field of(String name, FieldType type, Zero zero) {
    return new Field(
        name, type, false, "", zero, ListType.NONE, List.of(), "", false, false, false);
  }

  public enum ListType {
    /// Not a list, or nothing is said about it.
    NONE,
    ATOMIC,
    SET,
    MAP
  }

  /// What becomes of an absent value and of the type's zero value (`""`, `0`, `false`, `[]`, `{}`).
  public enum Zero {
    /// Absent and zero mean different things; both stay as they are.
    DISTINCT,
    /// Zero means absent; it is dropped.
    DROPPED,
    /// A zero value is written. So is one that was not given, if it is no list or map, or if the
    /// type requires it.
    KEPT,
    /// An object that is always there, be it empty.
    FILLED,
    /// A time that is always there, be it null.
    NULL
  }
}

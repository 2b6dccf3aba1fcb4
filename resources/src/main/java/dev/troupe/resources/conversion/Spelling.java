package dev.troupe.resources.conversion;

import java.util.Map;

/// What the fields of a type are called under each of its group-versions.
public interface Spelling {

  /// The same everywhere.
  Spelling SAME = new Spelling() {};

  /// Fields of the stored version that are called something else in `apiVersion`, with their names
  /// there.
  default Map<String, String> fromStored(String apiVersion) {
    return Map.of();
  }

  /// The way back.
  default Map<String, String> toStored(String apiVersion) {
    return Map.of();
  }

  /// What a selector in `apiVersion` calls a field that is indexed under its stored name.
  default String selectable(String stored, String apiVersion) {
    return stored;
  }
}

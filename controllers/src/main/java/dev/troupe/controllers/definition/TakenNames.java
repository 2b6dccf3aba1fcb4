package dev.troupe.controllers.definition;

import java.util.HashSet;
import java.util.Set;

/// Names of a group that somebody has.
///
/// @param resources what paths and commands call types: plurals, singulars, short names
/// @param kinds what objects and lists call them
public record TakenNames(Set<String> resources, Set<String> kinds) {

  public static final TakenNames NONE = new TakenNames(Set.of(), Set.of());

  /// Those of a group that are always taken: nobody can define what is there without a definition.
  @FunctionalInterface
  public interface OfBuiltIn {
    TakenNames of(String group);
  }

  public TakenNames {
    resources = Set.copyOf(resources);
    kinds = Set.copyOf(kinds);
  }

  TakenNames and(TakenNames others) {
    var allResources = new HashSet<>(resources);
    allResources.addAll(others.resources);
    var allKinds = new HashSet<>(kinds);
    allKinds.addAll(others.kinds);
    return new TakenNames(allResources, allKinds);
  }
}

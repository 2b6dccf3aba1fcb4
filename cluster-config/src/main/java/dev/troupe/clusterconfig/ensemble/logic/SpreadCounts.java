package dev.troupe.clusterconfig.ensemble.logic;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// How many partitions each member has.
///
/// @param ofMembers also of those that have none
/// @param unserved how many nobody serves
public record SpreadCounts(Map<String, Integer> ofMembers, int unserved) {

  /// A member more or less that takes a type leaves differences that no move makes smaller.
  private static final int TOLERANCE = 2;

  public SpreadCounts {
    ofMembers = Map.copyOf(ofMembers);
  }

  /// Whether all are served, and by all to about the same degree.
  boolean areEven() {
    var counts = ofMembers.values();
    return unserved == 0
        && !counts.isEmpty()
        && counts.stream().mapToInt(Integer::intValue).max().getAsInt()
                - counts.stream().mapToInt(Integer::intValue).min().getAsInt()
            <= TOLERANCE;
  }

  /// For people: `20 + 19 + 20`, in the order of the members' names.
  String words() {
    return new TreeMap<>(ofMembers)
        .values().stream().map(String::valueOf).collect(Collectors.joining(" + "));
  }
}

package dev.troupe.testkit.experiment.figure;

import dev.troupe.testkit.experiment.record.OwnerSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// How many partitions a member has over time.
///
/// @param changes ascending; from each on it has so many
public record Holdings(List<Level> changes) {

  /// From when on how many.
  public record Level(long from, int count) {}

  public Holdings {
    changes = List.copyOf(changes);
  }

  public static Holdings of(String member, List<OwnerSpan> owners) {
    var differences = new TreeMap<Long, Integer>();
    differences.put(0L, 0);
    for (var span : owners) {
      if (span.member().equals(member)) {
        differences.merge(span.from(), 1, Integer::sum);
        differences.merge(span.to(), -1, Integer::sum);
      }
    }
    var changes = new ArrayList<Level>();
    int count = 0;
    for (var difference : differences.entrySet()) {
      count += difference.getValue();
      if (changes.isEmpty() || changes.getLast().count() != count) {
        changes.add(new Level(difference.getKey(), count));
      }
    }
    return new Holdings(changes);
  }

  public int most() {
    return changes.stream().mapToInt(Level::count).max().orElse(0);
  }
}

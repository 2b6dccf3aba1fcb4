package dev.troupe.resources.ownership.field;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Puts together the paths that begin at one value. Steps may come in any order, each once.
public final class FieldSetBuilder {

  private PathStep[] steps;
  private boolean[] members;
  private FieldSet @Nullable [] below;
  private int size;
  private boolean sorted = true;

  public FieldSetBuilder() {
    this(8);
  }

  FieldSetBuilder(int expected) {
    steps = new PathStep[Math.max(1, expected)];
    members = new boolean[steps.length];
  }

  /// @param member whether the path that ends with the step is in the set
  /// @param inside what is in the set below it
  public void add(PathStep step, boolean member, FieldSet inside) {
    if (!member && inside.isEmpty()) {
      return;
    }
    if (size == steps.length) {
      grow();
    }
    if (size > 0 && steps[size - 1].compareTo(step) > 0) {
      sorted = false;
    }
    steps[size] = step;
    members[size] = member;
    if (!inside.isEmpty()) {
      var sets = below == null ? none(steps.length) : below;
      sets[size] = inside;
      below = sets;
    }
    size++;
  }

  private static FieldSet[] none(int length) {
    var sets = new FieldSet[length];
    Arrays.fill(sets, FieldSet.EMPTY);
    return sets;
  }

  private void grow() {
    steps = Arrays.copyOf(steps, size * 2);
    members = Arrays.copyOf(members, size * 2);
    var sets = below;
    if (sets != null) {
      below = Arrays.copyOf(sets, size * 2);
      Arrays.fill(below, size, size * 2, FieldSet.EMPTY);
    }
  }

  public FieldSet build() {
    if (size == 0) {
      return FieldSet.EMPTY;
    }
    if (!sorted) {
      sort();
    }
    var sets = below;
    return new FieldSet(
        Arrays.copyOf(steps, size),
        Arrays.copyOf(members, size),
        sets == null ? null : Arrays.copyOf(sets, size));
  }

  private void sort() {
    var order =
        IntStream.range(0, size)
            .boxed()
            .sorted(Comparator.comparing(i -> steps[i]))
            .mapToInt(i -> i)
            .toArray();
    var oldSteps = steps.clone();
    var oldMembers = members.clone();
    var oldBelow = below == null ? null : below.clone();
    for (int i = 0; i < size; i++) {
      steps[i] = oldSteps[order[i]];
      members[i] = oldMembers[order[i]];
      if (below != null && oldBelow != null) {
        below[i] = oldBelow[order[i]];
      }
    }
    sorted = true;
  }
}

package dev.troupe.resources.ownership.field;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// An immutable set of paths into an object, kept as a tree. A path may be in the set although none
/// below it is, and the other way round.
public final class FieldSet {

  public static final FieldSet EMPTY = new FieldSet(new PathStep[0], new boolean[0], null);

  /// Ascending.
  private final PathStep[] steps;

  private final boolean[] members;

  /// Null where there is nothing below any step.
  private final FieldSet @Nullable [] below;

  FieldSet(PathStep[] steps, boolean[] members, FieldSet @Nullable [] below) {
    this.steps = steps;
    this.members = members;
    this.below = below;
  }

  /// The set of one path.
  public static FieldSet of(PathStep... path) {
    var set = EMPTY;
    for (int i = path.length - 1; i >= 0; i--) {
      set = one(path[i], i == path.length - 1, set);
    }
    return set;
  }

  /// The set of one path of fields, such as `metadata`, `name`.
  public static FieldSet ofFields(String... path) {
    var steps = new PathStep[path.length];
    Arrays.setAll(steps, i -> new PathStep.FieldStep(path[i]));
    return of(steps);
  }

  private static FieldSet one(PathStep step, boolean member, FieldSet below) {
    return new FieldSet(
        new PathStep[] {step},
        new boolean[] {member},
        below.isEmpty() ? null : new FieldSet[] {below});
  }

  public boolean isEmpty() {
    return steps.length == 0;
  }

  int size() {
    return steps.length;
  }

  PathStep step(int index) {
    return steps[index];
  }

  boolean isMember(int index) {
    return members[index];
  }

  FieldSet below(int index) {
    return below == null ? EMPTY : below[index];
  }

  private int find(PathStep step) {
    return Arrays.binarySearch(steps, step);
  }

  /// Whether the path of this one step is in the set.
  public boolean has(PathStep step) {
    int index = find(step);
    return index >= 0 && members[index];
  }

  /// Whether the path is in the set.
  public boolean has(List<PathStep> path) {
    var at = this;
    for (int i = 0; i < path.size() - 1; i++) {
      at = at.below(path.get(i));
    }
    return !path.isEmpty() && at.has(path.getLast());
  }

  /// What is in the set below a step.
  public FieldSet below(PathStep step) {
    int index = find(step);
    return index < 0 ? EMPTY : below(index);
  }

  public FieldSet union(FieldSet other) {
    return isEmpty() ? other : other.isEmpty() ? this : combine(other, Operation.UNION);
  }

  public FieldSet intersection(FieldSet other) {
    return isEmpty() || other.isEmpty() ? EMPTY : combine(other, Operation.INTERSECTION);
  }

  public FieldSet difference(FieldSet other) {
    return isEmpty() || other.isEmpty() ? this : combine(other, Operation.DIFFERENCE);
  }

  /// This without the paths of the other and all that is below them.
  public FieldSet without(FieldSet other) {
    return isEmpty() || other.isEmpty() ? this : combine(other, Operation.REMOVAL);
  }

  /// What begins with one of these fields.
  public FieldSet startingWith(List<String> names) {
    var kept = new FieldSetBuilder(names.size());
    forEachStep((step, member, inside) -> {
      if (step instanceof PathStep.FieldStep(var name) && names.contains(name)) {
        kept.add(step, member, inside);
      }
    });
    return kept.build();
  }

  public boolean containsAll(FieldSet other) {
    return other.difference(this).isEmpty();
  }

  private enum Operation {
    UNION,
    INTERSECTION,
    DIFFERENCE,
    REMOVAL
  }

  private FieldSet combine(FieldSet other, Operation operation) {
    var combined = new FieldSetBuilder(Math.max(size(), other.size()));
    int i = 0;
    int j = 0;
    while (i < steps.length || j < other.steps.length) {
      int order =
          i == steps.length ? 1 : j == other.steps.length ? -1 : steps[i].compareTo(other.steps[j]);
      if (order < 0) {
        if (operation != Operation.INTERSECTION) {
          combined.add(steps[i], members[i], below(i));
        }
        i++;
      } else if (order > 0) {
        if (operation == Operation.UNION) {
          combined.add(other.steps[j], other.members[j], other.below(j));
        }
        j++;
      } else {
        combined.add(
            steps[i],
            member(members[i], other.members[j], operation),
            other.members[j] && operation == Operation.REMOVAL
                ? EMPTY
                : below(i, other.below(j), operation));
        i++;
        j++;
      }
    }
    return combined.build();
  }

  private FieldSet below(int index, FieldSet other, Operation operation) {
    var mine = below(index);
    return switch (operation) {
      case UNION -> mine.union(other);
      case INTERSECTION -> mine.intersection(other);
      case DIFFERENCE -> mine.difference(other);
      case REMOVAL -> mine.without(other);
    };
  }

  private static boolean member(boolean mine, boolean theirs, Operation operation) {
    return switch (operation) {
      case UNION -> mine || theirs;
      case INTERSECTION -> mine && theirs;
      case DIFFERENCE, REMOVAL -> mine && !theirs;
    };
  }

  /// One step of a set, as [#forEachStep] tells it.
  @FunctionalInterface
  public interface StepVisitor {

    /// @param member whether the path that ends with the step is in the set
    void visit(PathStep step, boolean member, FieldSet below);
  }

  /// The first steps of all paths, in order.
  public void forEachStep(StepVisitor visitor) {
    for (int i = 0; i < steps.length; i++) {
      visitor.visit(steps[i], members[i], below(i));
    }
  }

  /// All paths, in order.
  public void forEach(Consumer<List<PathStep>> action) {
    forEach(new ArrayList<>(), action);
  }

  private void forEach(List<PathStep> prefix, Consumer<List<PathStep>> action) {
    for (int i = 0; i < steps.length; i++) {
      prefix.add(steps[i]);
      if (members[i]) {
        action.accept(List.copyOf(prefix));
      }
      below(i).forEach(prefix, action);
      prefix.removeLast();
    }
  }

  /// All paths in order, as messages write them, such as `.spec.containers[name="web"].image`.
  public List<String> paths() {
    var paths = new ArrayList<String>();
    forEach(path -> paths.add(text(path)));
    return paths;
  }

  public static String text(List<PathStep> path) {
    var text = new StringBuilder();
    path.forEach(text::append);
    return text.toString();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FieldSet set
        && steps.length == set.steps.length
        && Arrays.equals(members, set.members)
        && sameSteps(set);
  }

  private boolean sameSteps(FieldSet other) {
    for (int i = 0; i < steps.length; i++) {
      if (steps[i].compareTo(other.steps[i]) != 0 || !below(i).equals(other.below(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    return 31 * steps.length + Arrays.hashCode(members);
  }

  @Override
  public String toString() {
    return paths().toString();
  }
}

package dev.troupe.runtime.collection;

import dev.troupe.resources.selector.FieldSelector;
import dev.troupe.resources.selector.LabelSelector;
import dev.troupe.resources.selector.Requirement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What resources must have to be selected, so far as an index can tell: values of labels and
/// fields, and a name, each as a number that others may have, too. Whoever is found is still to be
/// held against the selector.
///
/// @param conditions each is met by any of its numbers, and all must be met
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Sought(List<int[]> conditions) {

  private static final int LABEL = 0x2545F491;
  private static final int FIELD = 0x5851F42D;

  public Sought {
    conditions = List.copyOf(conditions);
  }

  /// What these selectors want; null if that cannot be told from values that must be there.
  public static @Nullable Sought by(LabelSelector labels, FieldSelector fields) {
    var conditions = new ArrayList<int[]>();
    for (var requirement : labels.requirements()) {
      if (isOfValues(requirement)) {
        conditions.add(
            requirement.values().stream()
                .mapToInt(value -> label(requirement.key(), value))
                .toArray());
      }
    }
    for (var term : fields.terms()) {
      if (isOfValue(term)) {
        conditions.add(new int[] {field(term.field(), term.value())});
      }
    }
    return conditions.isEmpty() ? null : new Sought(conditions);
  }

  private static boolean isOfValues(Requirement requirement) {
    return switch (requirement.operator()) {
      case IN, EQUALS -> true;
      case NOT_IN, NOT_EQUALS, EXISTS, DOES_NOT_EXIST, GREATER_THAN, LESS_THAN -> false;
    };
  }

  /// What has no such field is selected by an empty value.
  private static boolean isOfValue(FieldSelector.Term term) {
    return term.equal() && !term.value().isEmpty() && !term.field().equals(FieldSelector.NAMESPACE);
  }

  /// The number of a label that has a value.
  public static int label(String key, String value) {
    return mixed(LABEL, key, value);
  }

  /// The number of a field that has a value.
  public static int field(String name, String value) {
    return mixed(FIELD, name, value);
  }

  private static int mixed(int seed, String name, String value) {
    int hash = (seed ^ name.hashCode()) * 0x9E3779B1 + value.hashCode();
    hash = (hash ^ (hash >>> 16)) * 0x85EBCA6B;
    hash = (hash ^ (hash >>> 13)) * 0xC2B2AE35;
    return hash ^ (hash >>> 16);
  }
}
